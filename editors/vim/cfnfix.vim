" cfnfix in Vim 8 and newer, as a filter: format on save without a language server.
" Copy it to ~/.vim/plugin/cfnfix.vim. What may be set, in vimrc:
"   let g:cfnfix_command = '/path/to/cfnfix'
"   let g:cfnfix_format_on_save = 0

if exists('g:loaded_cfnfix')
  finish
endif
let g:loaded_cfnfix = 1

function! s:is_template() abort
  return &filetype =~# '^\(yaml\|json\|cloudformation\)' && search('AWSTemplateFormatVersion\|AWS::', 'cnw') > 0
endfunction

" Only lines that differ are set, so that marks and folds stay. A template that cannot be repaired is left as it is.
function! s:repair() abort
  if !s:is_template()
    return
  endif
  let l:command = shellescape(get(g:, 'cfnfix_command', 'cfnfix'))
  let l:name = shellescape(expand('%:p'))
  let l:before = getline(1, '$')
  let l:text = l:before + (&endofline || &fixendofline ? [''] : [])
  let l:after = systemlist(l:command . ' - --no-validate --quiet --stdin-filename ' . l:name . ' 2>/dev/null', l:text)
  if v:shell_error || l:after ==# l:before
    return
  endif
  let l:view = winsaveview()
  let l:shorter = min([len(l:before), len(l:after)])
  let l:head = 0
  while l:head < l:shorter && l:before[l:head] ==# l:after[l:head]
    let l:head += 1
  endwhile
  let l:tail = 0
  while l:tail < l:shorter - l:head && l:before[-1 - l:tail] ==# l:after[-1 - l:tail]
    let l:tail += 1
  endwhile
  let l:last = len(l:before) - l:tail
  if l:last > l:head
    silent execute (l:head + 1) . ',' . l:last . 'delete _'
  endif
  if len(l:after) - l:tail > l:head
    call append(l:head, l:after[l:head : len(l:after) - l:tail - 1])
  endif
  call winrestview(l:view)
endfunction

command! Cfnfix call s:repair()

augroup cfnfix
  autocmd!
  autocmd BufWritePre * if get(g:, 'cfnfix_format_on_save', 1) | call s:repair() | endif
augroup END
