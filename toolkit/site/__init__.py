"""The localized site: where pages and files go, and where links and anchors lead then."""
