;;; cfnfix.el --- CloudFormation templates with eglot -*- lexical-binding: t -*-

;; Emacs 29 or newer has eglot; for older ones it is in GNU ELPA.
;; (load "/path/to/cfnfix.el") in your init file.

;;; Code:

(require 'eglot)

(defvar cfnfix-command '("cfnfix" "lsp")
  "How the language server is started.")

(defconst cfnfix-parent-mode (if (require 'yaml-mode nil t) 'yaml-mode 'prog-mode)
  "The mode that colours templates.")

;; A mode of its own, so that other YAML keeps its server.
(eval
 `(define-derived-mode cfnfix-yaml-mode ,cfnfix-parent-mode "CloudFormation"
    "Major mode for CloudFormation templates in YAML."
    (setq-local comment-start "# ")
    (setq-local indent-tabs-mode nil)))

(add-to-list 'magic-mode-alist (cons "AWSTemplateFormatVersion:" 'cfnfix-yaml-mode))
(add-to-list 'auto-mode-alist '("template\\.ya?ml\\'" . cfnfix-yaml-mode))
(add-to-list 'auto-mode-alist '("\\.\\(?:cfn\\|template\\)\\'" . cfnfix-yaml-mode))

(defun cfnfix-format ()
  "Make the safe repairs, if the language server is there."
  (interactive)
  (when (eglot-managed-p)
    (eglot-format-buffer)))

(defun cfnfix-setup ()
  "Start the language server, and repair on save."
  (eglot-ensure)
  (add-hook 'before-save-hook #'cfnfix-format nil t))

(add-to-list 'eglot-server-programs (cons 'cfnfix-yaml-mode cfnfix-command))
(add-hook 'cfnfix-yaml-mode-hook #'cfnfix-setup)

(provide 'cfnfix)
;;; cfnfix.el ends here
