"""Word to the outside (通知外发): WeCom, DingTalk, Feishu, e-mail, and any gateway of text messages by webhook."""
