# frozen_string_literal: true

# Pages as Jekyll shows them: reads a JSON list of texts, writes a JSON list of HTML.
#
# Tags that a site brings itself are shown as elements with their names, so that what a page asks
# for can be compared; front matter has to be taken away before.

require "cgi"
require "json"
require "kramdown"
require "kramdown-parser-gfm"
require "liquid"

OPTIONS = {
  input: "GFM", auto_ids: true, toc_levels: (1..6).to_a, entity_output: :as_char,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", hard_wrap: false, guess_lang: true, footnote_nr: 1,
  show_warnings: false, math_engine: "mathjax", syntax_highlighter: nil
}.freeze

# A tag of a site, shown by its name.
class Shown < Liquid::Tag
  def initialize(name, markup, tokens)
    super
    @shown = "#{name} #{markup.strip}"
  end

  def render(_context)
    %(<span data-tag="#{CGI.escapeHTML(@shown)}"></span>)
  end
end

# Code between two tags.
class Highlight < Liquid::Block
  def initialize(name, markup, tokens)
    super
    @language = markup.split.first
  end

  def render(context)
    code = CGI.escapeHTML(super.to_s.gsub(/\A(\n|\r)+|(\n|\r)+\z/, ""))
    %(<figure class="highlight"><pre><code class="language-#{@language}">#{code}</code></pre></figure>)
  end
end

%w[include include_relative include_cached link post_url gist seo feed_meta avatar octicon].each do |tag|
  Liquid::Template.register_tag(tag, Shown)
end
Liquid::Template.register_tag("highlight", Highlight)

def resolved(text)
  template = Liquid::Template.parse(text, error_mode: :lax)
  template.render("page" => {}, "site" => { "baseurl" => "" })
rescue Liquid::Error => e
  e.message.start_with?("Liquid syntax error") ? "liquid: #{e.message}" : raise
end

pages = JSON.parse($stdin.read)

# The HTML of a page; the reason where kramdown fails, which it does on a few odd pages.
def shown(text)
  Kramdown::Document.new(resolved(text), OPTIONS).to_html.scrub
rescue NoMethodError, REXML::ParseException => e
  "failed: #{CGI.escapeHTML(e.message.lines.first.to_s)}"
end

puts JSON.generate(pages.map { |text| shown(text) })
