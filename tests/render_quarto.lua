-- Pages as Pandoc shows them: the input holds pages between lines of the separator, the output
-- their HTML between the same.

local separator = "%%%%%%%% next page %%%%%%%%"

function Reader(input, options)
  local blocks = pandoc.List()
  local text = tostring(input)
  local position = 1
  while position do
    local first, last = text:find(separator .. "\n", position, true)
    local page = text:sub(position, first and first - 1 or #text)
    local read = pandoc.read(page, "markdown", options)
    blocks:insert(pandoc.RawBlock("html", pandoc.write(read, "html", { wrap_text = "wrap-preserve", highlight_style = "" })))
    blocks:insert(pandoc.RawBlock("html", separator))
    position = last and last + 1
  end
  return pandoc.Pandoc(blocks)
end
