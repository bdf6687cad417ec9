"""Settings of small projects that make commands look at different things."""

SETTINGS = (
    'source = "zh-Hans"\ntargets = ["en", "de"]\n',
    'source = "zh-Hans"\ntargets = ["en"]\nanchors = "rewrite"\n',
    'source = "zh-Hans"\ntargets = ["en", "de"]\nskip_below = 50\nmin_complete = 80\n',
    'source = "zh-Hans"\ntargets = ["en", "de"]\nadmonition_titles = true\nsite = "mkdocs.yml"\n',
    'source = "zh-Hans"\ntargets = ["en", "de"]\ncatalog = "single"\nmemory = ["memory.po"]\n',
    (
        'source = "zh-Hans"\ntargets = ["en", "de"]\nglossary = "terms.csv"\nnotice = "auto"\n'
        'catalog = "folder"\nskip = ["names"]\nexclude = { de = ["guide/*"] }\n'
    ),
)
