"""Whether `yiben drift` finds the revision that a page was translated from, and how fast.

    python benchmarks/drifting.py [--seed 1] [--speed] [--recorded FOLDER LOCALE...]

Real pages with published translations get a history: each is edited over 30 commits (words,
sentences, numbers, targets, paragraphs joined, moved, put in; pages renamed and split), and is what
was translated at a random one of them. Translations are committed when they were made, up to three
commits later, or all at once at the end. What `yiben import --at auto` makes fuzzy is compared
with an import that is told the revisions.

`--speed` times 1,000 pages of 200 commits. `--recorded` hides the revisions that the translations
of a checked-out project name, and compares what is found with them.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from aligned_pages import PROJECTS, real_pairs
from edited_pages import EDITS, Edition, Reserve, page_of, read_corpus

from toolkit.catalogs.po import read_catalog
from toolkit.commands.drift.locating import located, plan_of
from toolkit.commands.drift.pairing import pairs_of
from toolkit.commands.importing import import_translations
from toolkit.commands.importing.pairs import request_of
from toolkit.commands.importing.trees import VersionTree
from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.project.git_blobs import Blobs
from toolkit.project.pool import over
from toolkit.project.project import Project
from toolkit.project.store import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.drift.locating import Plan
    from toolkit.commands.drift.value import Origin
    from toolkit.language.locale import Locale
    from toolkit.reading.page import Page

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
STEPS = 30
SHARE = 0.012
"""The share of all messages that a commit edits."""
DELIVERIES = {"when made": (0, 0), "later": (0, 3), "at the end": (STEPS, STEPS)}
"""How many commits later translations are committed, at least and at most."""
RARE = 0.1
"""The share of pages that are renamed, and of those that are split."""
DAY = 86_400
START = 1_700_000_000


@dataclass(frozen=True)
class Story:
    """What happens to one page."""

    name: str
    made: int
    """The commit whose page was translated."""
    delivered: int
    """The commit that brings the translation."""
    moved: int
    """The commit that renames the page; one behind the last for none."""
    split: int
    heading: str = ""
    """The line from which on the page is another one."""

    def path(self, step: int) -> str:
        """The page's path at a commit."""
        return f"moved/{self.name}" if step >= self.moved else self.name


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--recorded", nargs="+", metavar="WORD")
    options = parser.parse_args()
    if options.recorded:
        folder, *tags = options.recorded
        recorded(Path(folder), tags)
        return
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS.name}; nothing to measure")
        return
    rng = Random(options.seed)  # noqa: S311 - the same history again for the same seed
    if options.speed:
        speed(rng)
    else:
        accuracy(rng)


def accuracy(rng: Random) -> None:
    """Print how many revisions are found, and how well imports know what changed."""
    print("| tree | committed | pages | same bytes | precision | recall |")
    print("|---|---|--:|--:|--:|--:|")
    reserve = Reserve(_reserved(), rng)
    sums: dict[str, Counter[str]] = {}
    for project in PROJECTS:
        pages = {one.name: one for one in real_pairs(CORPUS) if one.project == project[0]}
        sources = {name: one.source for name, one in pages.items()}
        targets = {name: one.target for name, one in pages.items()}
        history = _history(sources, reserve, rng, project[4][:2])
        for committed, (least, most) in DELIVERIES.items():
            with tempfile.TemporaryDirectory() as folder:
                root = Path(folder)
                stories = [_story(name, page, rng) for name, page in sources.items()]
                lags = [rng.randint(least, most) for _ in stories]
                stories = [
                    replace(one, delivered=min(STEPS, one.made + lag))
                    for one, lag in zip(stories, lags, strict=True)
                ]
                _write(root, project, stories, history, targets)
                counts = _measured(root, project, stories, history)
            _print(project[0], committed, counts)
            sums.setdefault(committed, Counter()).update(counts)
    for committed, counts in sums.items():
        _print("all", committed, counts)


def _print(tree: str, committed: str, counts: Counter[str]) -> None:
    share = counts["same"] / counts["pages"]
    right = counts["both"] / max(1, counts["ours"])
    found = counts["both"] / max(1, counts["theirs"])
    print(f"| {tree} | {committed} | {counts['pages']} | {share:.1%} | {right:.1%} | {found:.1%} |")


def _reserved() -> Iterator[tuple[str, Page]]:
    for name, page in read_corpus(CORPUS):
        if "OI-wiki" in name or "mkdocs-material" in name:
            yield name, page


History = list[dict[str, str]]


def _history(
    pages: Mapping[str, Page], reserve: Reserve, rng: Random, language: str
) -> tuple[History, History]:
    """The pages after each of 30 steps, forward and back from what was translated."""
    documents = {
        name: Document.from_bytes(name, one.document.to_bytes()) for name, one in pages.items()
    }
    chains = []
    for _ in range(2):
        named = {f"{language}/{name}": page_of(document) for name, document in documents.items()}
        edition = Edition(named, reserve, rng)
        chain = [{name: page.document.text for name, page in pages.items()}]
        for _ in range(STEPS):
            edition.edit(SHARE, SHARE / len(EDITS))
            texts = ((name, edition.pages[f"{language}/{name}"]) for name in pages)
            chain.append({name: page.document.text for name, page in texts})
        chains.append(chain)
    return chains[0], chains[1]


def _story(name: str, page: Page, rng: Random) -> Story:
    made = rng.randrange(1, STEPS)
    never = STEPS + 1
    moved = rng.randrange(STEPS) if rng.random() < RARE else never
    split = rng.randrange(made + 1, STEPS + 1) if rng.random() < RARE else never
    lines = [line for line in page.document.text.split("\n") if line.startswith("## ")]
    heading = lines[len(lines) // 2] if lines else ""
    return Story(name, made, made, moved, split if heading else never, heading)


def _text(story: Story, step: int, history: tuple[History, History]) -> tuple[str, str]:
    """A page at a commit, and what was split off it by then."""
    ahead, back = history
    away = step - story.made
    text = ahead[away][story.name] if away >= 0 else back[-away][story.name]
    if step < story.split:
        return text, ""
    first, cut, rest = text.partition(f"\n{story.heading}\n")
    return (f"{first}\n", f"{story.heading}\n{rest}") if cut else (text, "")


def _write(
    root: Path,
    project: Sequence[str],
    stories: Sequence[Story],
    history: tuple[History, History],
    targets: Mapping[str, Page],
) -> None:
    """Make the repository, with one run of git, and check it out."""
    _, dialect, _, _, source, target = project
    settings = f'source = "{source}"\ntargets = ["{target}"]\ndialect = "{dialect}"\n'
    settings += 'content = "src"\noutput = "{locale}/{path}"\n'
    lines = [b"feature done\n"]
    for step in range(STEPS + 1):
        files: dict[str, bytes | None] = {"yiben.toml": settings.encode()} if step == 0 else {}
        for story in stories:
            files |= _files(story, step, history, target, targets)
        lines += _commit(step, files)
    lines.append(b"done\n")
    _imported(root, b"".join(lines))


def _files(
    story: Story,
    step: int,
    history: tuple[History, History],
    target: str,
    targets: Mapping[str, Page],
) -> Iterator[tuple[str, bytes | None]]:
    text, rest = _text(story, step, history)
    yield f"src/{story.path(step)}", text.encode()
    if rest:
        yield f"src/split/{story.name}", rest.encode()
    if step == story.moved:
        yield f"src/{story.name}", None
    if step == story.delivered:
        yield f"{target}/{story.path(story.delivered)}", targets[story.name].document.to_bytes()
    if step == story.moved > story.delivered:
        yield f"{target}/{story.name}", None
        yield f"{target}/{story.path(step)}", targets[story.name].document.to_bytes()


def _commit(step: int, files: Mapping[str, bytes | None]) -> Iterator[bytes]:
    when = START + step * DAY
    yield b"commit refs/heads/main\n"
    yield f"committer A <a@example.org> {when} +0000\ndata 4\nwork\n".encode()
    for name, data in files.items():
        if data is None:
            yield f"D {name}\n".encode()
        else:
            yield f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n"


def _still(items: Sequence[object]) -> Sequence[object]:
    return items


def _try(plan: Plan, pair: tuple[str, str]) -> Origin | str:
    try:
        return located(plan, *pair)
    except ToolkitError as error:
        return str(error)


def _measured(
    root: Path, project: Sequence[str], stories: Sequence[Story], history: tuple[History, History]
) -> Counter[str]:
    run = Run(Project.found_from(root))
    locale = run.project.target(project[5])
    pairs = pairs_of(run, locale)
    plan = plan_of(run, locale)
    origins = [one for one in over(plan, _try, _still, pairs) if not isinstance(one, str)]
    truth = {f"src/{one.path(STEPS)}": _text(one, one.made, history)[0] for one in stories}
    counts: Counter[str] = Counter(pages=len(pairs))
    blobs: dict[str, str] = {}
    for one in origins:
        text = truth[one.page]
        found = plan.blobs.read(one.version.blob).decode() if one.version else ""
        counts["same"] += found == text
        same = (
            v for v in plan.history.versions(one.page) if plan.blobs.read(v.blob).decode() == text
        )
        blobs[one.page] = next(same).blob
    auto = {one.page: one.version.blob for one in origins if one.version}
    ours, theirs = (_fuzzy(run, root, locale, known) for known in (auto, blobs))
    return counts + Counter(ours=len(ours), theirs=len(theirs), both=len(ours & theirs))


def _fuzzy(run: Run, root: Path, locale: Locale, blobs: Mapping[str, str]) -> set[tuple[str, str]]:
    """The messages that an import takes from older texts, with pages of some revisions."""
    place = "{locale}/{path}"
    request = request_of(run.project, root, "src", place, locale, "")
    tree = VersionTree(root, blobs, Blobs(root))
    import_translations({run: replace(request, source_tree=tree)}, _still)
    found = set()
    for path in (root / "locales" / locale.folder).rglob("*.po"):
        catalog = read_catalog(path.name, path.read_bytes())
        found |= {
            (path.name, one.id)
            for one in catalog.messages
            if one.previous_id is not None and not one.obsolete
        }
        path.unlink()
    return found


def recorded(folder: Path, tags: Sequence[str]) -> None:
    """Print how many of the recorded revisions are found when they are hidden."""
    print("| locale | pages | same bytes | unknown | precision | recall | seconds |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    run = Run(Project.found_from(folder), dry=True)
    for tag in tags:
        locale = run.project.target(tag)
        pairs = pairs_of(run, locale)
        plan = plan_of(run, locale)
        known = [_try(plan, pair) for pair in pairs]
        hidden = replace(plan, use_records=False)
        start = time.perf_counter()
        found = list(over(hidden, _try, _still, pairs))
        seconds = time.perf_counter() - start
        counts: Counter[str] = Counter()
        for one, other in zip(known, found, strict=True):
            if isinstance(one, str) or isinstance(other, str) or one.how != "recorded":
                continue
            counts["pages"] += 1
            if other.version is None or one.version is None:
                counts["unknown"] += 1
                continue
            counts["same"] += one.version.blob == other.version.blob
            counts += _compared(plan, one, other)
        share = counts["same"] / counts["pages"]
        right, all_ = (counts["both"] / max(1, counts[name]) for name in ("ours", "theirs"))
        row = (
            tag,
            counts["pages"],
            f"{share:.1%}",
            counts["unknown"],
            f"{right:.1%}",
            f"{all_:.1%}",
        )
        print(f"| {' | '.join(map(str, row))} | {seconds:.0f} |")


def _compared(plan: Plan, one: Origin, other: Origin) -> Counter[str]:
    """Count the texts of the present page that changed since either revision."""
    now = {unit.text for unit in plan.run.page(_name(plan, one)).units}
    sets = []
    for origin in (other, one):
        old = plan.run.page_of(_name(plan, one), _document(plan, origin))
        sets.append(now - {unit.text for unit in old.units})
    return Counter(ours=len(sets[0]), theirs=len(sets[1]), both=len(sets[0] & sets[1]))


def _name(plan: Plan, origin: Origin) -> str:
    return plan.run.project.name_below_content(origin.page)


def _document(plan: Plan, origin: Origin) -> Document:
    if origin.version is None:
        raise ValueError("no version")
    return Document.from_bytes(origin.version.name, plan.blobs.read(origin.version.blob))


PAGES, COMMITS, EDITED = 1000, 200, 20


def speed(rng: Random) -> None:
    """Time `yiben drift` over many pages and commits, in a process of its own."""
    real = list(real_pairs(CORPUS))
    chosen = [real[number % len(real)] for number in range(PAGES)]
    texts = [one.source.document.text for one in chosen]
    targets = [one.target.document.to_bytes() for one in chosen]
    sentences = [
        unit.text for _, page in _reserved() for unit in page.units if unit.kind == "paragraph"
    ]
    made = [rng.randrange(COMMITS) for _ in chosen]
    lines = [b"feature done\n"]
    for step in range(COMMITS):
        edited = range(PAGES) if step == 0 else rng.sample(range(PAGES), EDITED)
        files: dict[str, bytes | None] = {}
        for number in edited:
            if step:
                texts[number] = _with_sentence(texts[number], rng.choice(sentences), rng)
            files[f"src/p{number}.md"] = texts[number].encode()
        files |= {f"de/p{n}.md": targets[n] for n, at in enumerate(made) if at == step}
        if step == 0:
            files["yiben.toml"] = (
                b'source = "en"\ntargets = ["de"]\ncontent = "src"\noutput = "{locale}/{path}"\n'
            )
        lines += _commit(step, files)
    lines.append(b"done\n")
    with tempfile.TemporaryDirectory() as folder:
        _imported(Path(folder), b"".join(lines))
        start = time.perf_counter()
        command = [str(Path(sys.executable).with_name("yiben")), "drift"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        seconds = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(f"{PAGES} pages, {COMMITS} commits: {done.stderr.decode().strip()}")
        print(f"{seconds:.1f} s; processors, git's too: {used.ru_utime + used.ru_stime:.1f} s")


def _imported(root: Path, stream: bytes) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", "."], cwd=root, check=True)
    command = ["git", "fast-import", "--quiet", "--date-format=raw"]
    subprocess.run(command, cwd=root, input=stream, check=True)
    subprocess.run(["git", "reset", "-q", "--hard", "main"], cwd=root, check=True)


def _with_sentence(text: str, sentence: str, rng: Random) -> str:
    parts = text.split("\n\n")
    parts.insert(rng.randrange(1, len(parts) + 1), sentence)
    return "\n\n".join(parts)


if __name__ == "__main__":
    main()
