/**
 * How the foreign mail host is set up: Postfix as everybody's relay, OpenDKIM as its signer and checker, Dovecot
 * for the mailboxes. All of it lies in one folder and listens on loopback.
 *
 * @module
 */

/** Where the host lies, where it listens, and where what is for us goes. */
export type MailHostPlan = {
  readonly folder: string;
  /** Hands mail in as the members of its domains do: what comes in here is signed. */
  readonly submission: number;
  /** As a stranger's server: nothing is signed. */
  readonly outside: number;
  /** As above, for letters of at most `smallBytes`. */
  readonly small: number;
  readonly smallBytes: number;
  readonly milter: number;
  readonly imap: number;
  /** The door of the service, as Postfix writes it: `smtp:` or `inward:` (LMTP) with a place. */
  readonly service: string;
  /** A port behind which nobody is. */
  readonly nobody: number;
};

/** Domains whose mails OpenDKIM signs, and whose mailboxes Dovecot has. */
export const SIGNED_DOMAINS = ["pref.example.lg.jp", "minato-bungu.example.co.jp"] as const;

/** A domain whose server is down. */
export const SILENT_DOMAIN = "silent.example.ne.jp";

/** The domain of the service. */
export const BOT_DOMAIN = "bot.example.lg.jp";

/** The name of the key of each domain in DNS. */
export const SELECTOR = "peer";

/** The password of all mailboxes. */
export const PASSWORD = "peer";

/** How the host calls itself where it says what it found. */
export const HOST_NAME = "mail.example.co.jp";

/** Who has a mailbox. */
export const MAILBOXES = [
  "officer@pref.example.lg.jp",
  "approver@pref.example.lg.jp",
  "tanaka@minato-bungu.example.co.jp",
  "minato@minato-bungu.example.co.jp",
] as const;

/** `main.cf` of Postfix. Waits are short, since the tests wait for them. */
export function postfixMain({ folder, milter, service, nobody }: MailHostPlan): string {
  return `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = ${HOST_NAME}
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = ${SIGNED_DOMAINS.join(", ")}
virtual_transport = lmtp:unix:${folder}/dovecot/lmtp
transport_maps = inline:{
  { ${BOT_DOMAIN} = ${service} },
  { ${SILENT_DOMAIN} = smtp:[127.0.0.1]:${nobody} } }
default_transport = error:5.1.2 no such domain here
smtpd_milters = inet:127.0.0.1:${milter}
milter_default_action = tempfail
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_tls_security_level = may
smtp_tls_loglevel = 1
lmtp_tls_loglevel = 1
message_size_limit = 52428800
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
disable_dns_lookups = yes
smtp_host_lookup = native
delay_warning_time = 1s
queue_run_delay = 1s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
`;
}

/** `master.cf` of Postfix. */
export function postfixMaster({ submission, outside, small, smallBytes }: MailHostPlan): string {
  return `127.0.0.1:${submission} inet n - n - - smtpd
127.0.0.1:${outside} inet n - n - - smtpd -o smtpd_milters=
127.0.0.1:${small} inet n - n - - smtpd -o message_size_limit=${smallBytes}
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
inward unix - - n - - lmtp -o lmtp_tls_security_level=may -o syslog_name=postfix/inward
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
`;
}

/** `opendkim.conf`: signs for the domains above and says what it finds in all other mails. */
export function opendkimConf({ folder, milter }: MailHostPlan): string {
  return `Syslog no
Mode sv
Canonicalization relaxed/simple
KeyTable ${folder}/dkim/keys
SigningTable ${folder}/dkim/signers
TestPublicKeys ${folder}/dkim/public
Socket inet:${milter}@127.0.0.1
UserID opendkim
PidFile ${folder}/dkim/pid
InternalHosts 127.0.0.1
RequireSafeKeys No
AlwaysAddARHeader Yes
AuthservID ${HOST_NAME}
`;
}

/** `dovecot.conf`: mailboxes for those in `users`, and for nobody else. */
export function dovecotConf({ folder, imap }: MailHostPlan): string {
  return `protocols = imap lmtp
base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot
listen = 127.0.0.1
mail_location = maildir:${folder}/mail/%d/%n
mail_uid = dovecot
mail_gid = dovecot
first_valid_uid = 1
ssl = no
disable_plaintext_auth = no
log_path = ${folder}/dovecot.log
auth_username_format = %Lu
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/etc/users
}
userdb {
  driver = passwd-file
  args = username_format=%u ${folder}/etc/users
  default_fields = uid=dovecot gid=dovecot home=${folder}/mail/%d/%n
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
namespace inbox {
  inbox = yes
}
`;
}
