-- cfnfix in Neovim 0.7 and newer, without any plugin: diagnostics, code actions, hover, format on save.
-- Copy it to ~/.config/nvim/plugin/cfnfix.lua. What may be set, in init.lua:
--   vim.g.cfnfix_cmd = { "/path/to/cfnfix", "lsp" }   if it is not in the PATH
--   vim.g.cfnfix_format_on_save = false
--   vim.g.cfnfix_settings = { ["unsafe-fixes"] = false }   over those of .cfnfix.toml

local cmd = vim.g.cfnfix_cmd or { "cfnfix", "lsp" }
local timeout = 2000 -- milliseconds that a save waits at most

vim.filetype.add({ extension = { template = "yaml", cfn = "yaml" } })

local function request_sync(client, method, params, buffer)
  if vim.fn.has("nvim-0.11") == 1 then
    return client:request_sync(method, params, timeout, buffer)
  end
  return client.request_sync(method, params, timeout, buffer)
end

local function format(client, buffer)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    options = { tabSize = 2, insertSpaces = true },
  }
  local answer = request_sync(client, "textDocument/formatting", params, buffer)
  if answer and answer.result then
    vim.lsp.util.apply_text_edits(answer.result, buffer, client.offset_encoding or "utf-16")
  end
end

local function attached(client, buffer)
  if vim.g.cfnfix_format_on_save ~= false then
    vim.api.nvim_create_autocmd("BufWritePre", {
      buffer = buffer,
      callback = function()
        format(client, buffer)
      end,
    })
  end
  vim.api.nvim_buf_create_user_command(buffer, "Cfnfix", function()
    format(client, buffer)
  end, { desc = "Repair the template" })
end

local clients = {} -- of each root, in Neovim 0.7

local function start(buffer)
  if vim.bo[buffer].buftype ~= "" then
    return
  end
  local file = vim.api.nvim_buf_get_name(buffer)
  local names = { ".cfnfix.toml", "pyproject.toml", ".git" }
  local marks = vim.fs and vim.fs.find(names, { upward = true, path = vim.fs.dirname(file) })
  local root = marks and marks[1] and vim.fs.dirname(marks[1]) or vim.fn.fnamemodify(file, ":p:h")
  local config = {
    name = "cfnfix",
    cmd = cmd,
    root_dir = root,
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    settings = { cfnfix = vim.g.cfnfix_settings or vim.empty_dict() },
    on_attach = attached,
    on_exit = function()
      clients[root] = nil
    end,
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  clients[root] = clients[root] or vim.lsp.start_client(config) -- Neovim 0.7
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "yaml", "json", "yaml.cloudformation", "json.cloudformation", "cloudformation" },
  callback = function(args)
    start(args.buf)
  end,
})
