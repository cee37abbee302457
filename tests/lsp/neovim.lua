-- Runs in Neovim: attach, diagnostics, hover, code action, format on save, validation. Writes what it saw as JSON.

local seen = {}
local buffer = vim.api.nvim_get_current_buf()

local function wait(what, condition)
  seen[what] = vim.wait(60000, condition, 20)
end

local function diagnostics(source)
  return vim.tbl_filter(function(one)
    return one.source == source
  end, vim.diagnostic.get(buffer))
end

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n"
end

local function client()
  for _, one in pairs(vim.lsp.buf_get_clients(buffer)) do
    return one
  end
end

local function request(method, params)
  local answer = client().request_sync(method, params, 60000, buffer)
  return answer and answer.result
end

local ok, err = pcall(function()
  wait("attached", client)
  wait("diagnosed", function()
    return #diagnostics("cfnfix") > 0
  end)
  local first = diagnostics("cfnfix")[1]
  seen.diagnostic = { line = first.lnum, column = first.col, code = first.code, severity = first.severity }

  vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
  local place = vim.lsp.util.make_position_params(0, client().offset_encoding)
  seen.hover = request("textDocument/hover", place).contents.value

  local range = vim.lsp.util.make_range_params(0, client().offset_encoding)
  range.context = { diagnostics = {} }
  local actions = request("textDocument/codeAction", range)
  seen.titles = vim.tbl_map(function(one)
    return one.title
  end, actions)
  for _, action in ipairs(actions) do
    if vim.startswith(action.title, "Ignore") then
      local resolved = request("codeAction/resolve", action)
      vim.lsp.util.apply_workspace_edit(resolved.edit, client().offset_encoding)
    end
  end
  seen.ignored = lines()
  wait("ignore heeded", function()
    return #diagnostics("cfnfix") == 0
  end)
  vim.cmd("undo")
  wait("diagnosed again", function()
    return #diagnostics("cfnfix") > 0
  end)

  -- a mark and the cursor stand below the place of the repair, and stay with their words
  local space = vim.api.nvim_create_namespace("test")
  local below = vim.fn.search("Outputs")
  local mark = vim.api.nvim_buf_set_extmark(buffer, space, below - 1, 2, {})
  vim.api.nvim_win_set_cursor(0, { below, 3 })
  vim.cmd("write")
  seen.saved = lines()
  seen.cursor = vim.api.nvim_get_current_line()
  local at = vim.api.nvim_buf_get_extmark_by_id(buffer, space, mark, {})
  seen.marked = vim.api.nvim_buf_get_lines(buffer, at[1], at[1] + 1, false)[1]
  wait("clean", function()
    return #diagnostics("cfnfix") == 0
  end)
  wait("validated", function()
    return #diagnostics("cfn-lint") + #diagnostics("cloudformation-validate") > 0
  end)

  -- typed and saved at once
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, { "  # typed" })
  vim.cmd("write")
  seen.modified = vim.bo.modified

  -- broken: saved as it is, and nothing pops up
  vim.cmd("messages clear")
  vim.api.nvim_buf_set_lines(buffer, 0, 0, false, { "{" })
  vim.cmd("write")
  seen.broken = lines()
  seen.messages = vim.fn.execute("messages")
end)
seen.error = not ok and tostring(err) or nil
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.g.cfnfix_seen)
vim.cmd("qall!")
