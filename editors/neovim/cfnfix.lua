-- cfnfix in Neovim 0.7 and newer, without any plugin: diagnostics, code actions, hover, format on save.
-- Copy it to ~/.config/nvim/plugin/cfnfix.lua. What may be set, in init.lua:
--   vim.g.cfnfix_cmd = { "/path/to/cfnfix", "lsp" }   if it is not in the PATH
--   vim.g.cfnfix_format_on_save = false
--   vim.g.cfnfix_settings = { ["unsafe-fixes"] = false }   over those of .cfnfix.toml

local cmd = vim.g.cfnfix_cmd or { "cfnfix", "lsp" }
-- Milliseconds that a save waits at most: for an answer, and before that, once, for the server to start.
local timeout, start_timeout = 5000, 10000

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

-- A save in the first second waits until the server is there.
local function ready(buffer, id)
  local meant = vim.fn.search("AWSTemplateFormatVersion\\|AWS::", "cnw") > 0
  local client = meant and vim.lsp.get_client_by_id(id)
  if client and not client.initialized then
    vim.wait(start_timeout, function()
      return client.initialized and vim.lsp.buf_is_attached(buffer, id) or not vim.lsp.get_client_by_id(id)
    end, 10)
  end
  return client and client.initialized and vim.lsp.buf_is_attached(buffer, id) and client
end

local function attach(buffer, id)
  local function repair()
    local client = ready(buffer, id)
    if client then
      format(client, buffer)
    end
  end
  if vim.g.cfnfix_format_on_save ~= false then
    local group = vim.api.nvim_create_augroup("cfnfix" .. buffer, {})
    vim.api.nvim_create_autocmd("BufWritePre", { group = group, buffer = buffer, callback = repair })
  end
  vim.api.nvim_buf_create_user_command(buffer, "Cfnfix", repair, { desc = "Repair the template" })
end

local clients = {} -- of each root, in Neovim 0.7

local function start(buffer)
  if vim.bo[buffer].buftype ~= "" then
    return
  end
  if vim.fn.executable(cmd[1]) == 0 then
    local text = "cfnfix: %s is not found; say in init.lua where it is: vim.g.cfnfix_cmd = { \"/path/to/cfnfix\", \"lsp\" }"
    vim.notify_once(text:format(cmd[1]), vim.log.levels.WARN)
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
    init_options = { cfnfix = vim.g.cfnfix_settings or vim.empty_dict() },
    settings = { cfnfix = vim.g.cfnfix_settings or vim.empty_dict() },
    on_exit = function()
      clients[root] = nil
    end,
  }
  local id
  if vim.lsp.start then
    id = vim.lsp.start(config, { bufnr = buffer })
  else -- Neovim 0.7
    clients[root] = clients[root] or vim.lsp.start_client(config)
    id = clients[root]
    if id then
      vim.lsp.buf_attach_client(buffer, id)
    end
  end
  if id then
    attach(buffer, id)
  end
end

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "yaml", "json", "yaml.cloudformation", "json.cloudformation", "cloudformation" },
  callback = function(args)
    start(args.buf)
  end,
})
