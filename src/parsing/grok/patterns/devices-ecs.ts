import { DEVICES_LEGACY } from './devices.ts';

/** The ECS names of the fields of firewalls, and of what becomes a number; a field that is not here keeps no name. */
const NAMES: Readonly<Record<string, string>> = {
  src_ip: '[source][ip]',
  src_port: '[source][port]:int',
  dst_ip: '[destination][ip]',
  dst_port: '[destination][port]:int',
  src_host: '[source][address]',
  dst_host: '[destination][address]',
  src_fwuser: '[source][user][name]',
  dst_fwuser: '[destination][user][name]',
  src_interface: '[observer][ingress][interface][name]',
  dst_interface: '[observer][egress][interface][name]',
  src_xlated_interface: '[observer][egress][interface][name]',
  interface: '[observer][egress][interface][name]',
  interface_name: '[network][interface][name]',
  src_mapped_ip: '[source][nat][ip]',
  src_mapped_port: '[source][nat][port]:int',
  dst_mapped_ip: '[destination][nat][ip]',
  dst_mapped_port: '[destination][nat][port]:int',
  protocol: '[cisco][asa][network][transport]',
  direction: '[cisco][asa][network][direction]',
  action: '[cisco][asa][outcome]',
  tcp_flags: '[cisco][asa][tcp_flags]',
  policy_id: '[cisco][asa][rule_name]',
  connection_id: '[cisco][asa][connection_id]',
  icmp_type: '[cisco][asa][icmp_type]:int',
  icmp_code: '[cisco][asa][icmp_code]:int',
  icmp_seq_num: '[cisco][asa][icmp_seq]:int',
  reason: '[event][reason]',
  switch_reason: '[event][reason]',
  dst_url: '[url][original]',
  user: '[user][name]',
  spi: '[cisco][asa][ipsec][spi]',
  seq_num: '[cisco][asa][ipsec][seq_num]',
  tunnel_type: '[cisco][asa][ipsec][tunnel_type]',
  orig_protocol: '[cisco][asa][ipsec][protocol]',
  syslog_pri: '[log][syslog][priority]:int',
  timestamp: 'timestamp',
  sysloghost: '[host][hostname]',
  ciscotag: '[cisco][asa][tag]',
  connection_count: '[cisco][asa][connections][in_use]:int',
  connection_count_max: '[cisco][asa][connections][most_used]:int',
  resource_name: '[cisco][asa][resource][name]',
  resource_limit: '[cisco][asa][resource][limit]:int',
  group: '[cisco][asa][source][group]',
  bytes: '[network][bytes]:int',
  duration: '[cisco][asa][duration]',
  drop_type: '[cisco][asa][burst][object]',
  drop_rate_id: '[cisco][asa][burst][id]',
  drop_rate_current_burst: '[cisco][asa][burst][current_rate]:int',
  drop_rate_max_burst: '[cisco][asa][burst][configured_rate]:int',
  drop_rate_current_avg: '[cisco][asa][burst][avg_rate]:int',
  drop_rate_max_avg: '[cisco][asa][burst][configured_avg_rate]:int',
  drop_total_count: '[cisco][asa][burst][cumulative_count]:int',
  event: '[juniper][srx][tag]',
  'close-reason': '[juniper][srx][reason]',
  'src-ip': '[source][ip]',
  'src-port': '[source][port]:int',
  'dst-ip': '[destination][ip]',
  'dst-port': '[destination][port]:int',
  service: '[juniper][srx][service_name]',
  'nat-src-ip': '[source][nat][ip]',
  'nat-src-port': '[source][nat][port]:int',
  'nat-dst-ip': '[destination][nat][ip]',
  'nat-dst-port': '[destination][nat][port]:int',
  'src-nat-rule-name': '[juniper][srx][src_nat_rule_name]',
  'dst-nat-rule-name': '[juniper][srx][dst_nat_rule_name]',
  'protocol-id': '[network][iana_number]',
  'policy-name': '[rule][name]',
  'from-zone': '[observer][ingress][zone]',
  'to-zone': '[observer][egress][zone]',
  'session-id': '[juniper][srx][session_id]',
  sent: '[source][bytes]:int',
  received: '[destination][bytes]:int',
  'elapsed-time': '[juniper][srx][elapsed_time]:int',
}; // prettier-ignore

const RENAMED = DEVICES_LEGACY.split('\n')
  .filter((line) => !/^(NETSCREENSESSIONLOG|SHOREWALL|SFW2|IPTABLES|CISCOFW302020|CISCOFW305011)/.test(line))
  .join('\n')
  .replace(/%\{(\w+):([\w-]+)\}/g, (_, pattern: string, name: string) =>
    name in NAMES ? `%{${pattern}:${NAMES[name] ?? ''}}` : `%{${pattern}}`,
  );

/** Firewalls, routers and packet filters: ECS names. */
export const DEVICES_ECS =
  RENAMED +
  String.raw`
CISCOFW302020_302021 %{CISCO_ACTION:[cisco][asa][outcome]}(?: %{CISCO_DIRECTION:[cisco][asa][network][direction]})? %{WORD:[cisco][asa][network][transport]} connection(?: %{INT:[cisco][asa][connection_id]})? for faddr %{IP:[destination][ip]}/%{INT:[cisco][asa][icmp_seq]:int}(?:\(%{DATA:[destination][user][name]}\))? gaddr %{IP:[source][nat][ip]}/%{INT:[cisco][asa][icmp_type]:int} laddr %{IP:[source][ip]}/%{INT}(?: \(%{DATA:[source][user][name]}\))?
CISCOFW305011 %{CISCO_ACTION:[cisco][asa][outcome]} %{CISCO_XLATE_TYPE} %{WORD:[cisco][asa][network][transport]} translation from %{DATA:[observer][ingress][interface][name]}:%{IP:[source][ip]}(?:/%{INT:[source][port]:int})?(?:\(%{DATA:[source][user][name]}\))? to %{DATA:[observer][egress][interface][name]}:%{IP:[destination][ip]}/%{INT:[destination][port]:int}
NETSCREENSESSIONLOG %{SYSLOGTIMESTAMP:timestamp} %{IPORHOST:[observer][hostname]} %{NOTSPACE:[observer][name]}: NetScreen device_id=%{WORD:[netscreen][device_id]} .*?\(%{WORD:[netscreen][session][type]}\): start_time="%{DATA:[netscreen][session][start_time]}" duration=%{INT:[netscreen][session][duration]:int} policy_id=%{INT:[netscreen][policy_id]} service=%{DATA:[netscreen][service]} proto=%{INT:[netscreen][protocol_number]:int} src zone=%{WORD:[observer][ingress][zone]} dst zone=%{WORD:[observer][egress][zone]} action=%{WORD:[event][action]} sent=%{INT:[source][bytes]:int} rcvd=%{INT:[destination][bytes]:int} src=%{IPORHOST:[source][address]} dst=%{IPORHOST:[destination][address]}(?: src_port=%{INT:[source][port]:int} dst_port=%{INT:[destination][port]:int})?(?: src-xlated ip=%{IP:[source][nat][ip]} port=%{INT:[source][nat][port]:int} dst-xlated ip=%{IP:[destination][nat][ip]} port=%{INT:[destination][nat][port]:int})?(?: session_id=%{INT:[netscreen][session][id]} reason=%{GREEDYDATA:[netscreen][session][reason]})?
IPTABLES_TCP_FLAGS (?:CWR |ECE |URG |ACK |PSH |RST |SYN |FIN )*
IPTABLES_TCP_PART (?:SEQ=%{INT:[iptables][tcp][seq]:int} ACK=%{INT:[iptables][tcp][ack]:int} )?WINDOW=%{INT:[iptables][tcp][window]:int} RES=0x%{BASE16NUM:[iptables][tcp_reserved_bits]} %{IPTABLES_TCP_FLAGS:[iptables][tcp][flags]}
IPTABLES4_FRAG (?:CE|DF|MF)(?: (?:CE|DF|MF))*
IPTABLES4_PART SRC=%{IPV4:[source][ip]} DST=%{IPV4:[destination][ip]} LEN=%{INT:[iptables][length]:int} TOS=0x%{BASE16NUM:[iptables][tos]}? PREC=0x%{BASE16NUM:[iptables][precedence_bits]}? TTL=%{INT:[iptables][ttl]:int} ID=%{INT:[iptables][id]}(?: %{IPTABLES4_FRAG:[iptables][fragment_flags]})?
IPTABLES6_PART SRC=%{IPV6:[source][ip]} DST=%{IPV6:[destination][ip]} LEN=%{INT:[iptables][length]:int} TC=%{INT:[iptables][tos]} HOPLIMIT=%{INT:[iptables][ttl]:int} FLOWLBL=%{INT:[iptables][flow_label]}
IPTABLES IN=(?:%{NOTSPACE:[observer][ingress][interface][name]})? OUT=(?:%{NOTSPACE:[observer][egress][interface][name]})?(?: MAC=(?:%{COMMONMAC:[destination][mac]}:%{COMMONMAC:[source][mac]}(?::[0-9A-Fa-f]{2}){2})?)? (?:%{IPTABLES4_PART}|%{IPTABLES6_PART}).*?PROTO=%{WORD:[network][transport]}(?: SPT=%{INT:[source][port]:int} DPT=%{INT:[destination][port]:int})?(?: %{IPTABLES_TCP_PART})?
SHOREWALL %{SYSLOGTIMESTAMP:timestamp} %{WORD:[observer][hostname]} kernel:.*Shorewall:%{WORD:[shorewall][firewall][type]}:%{WORD:[shorewall][firewall][action]}.*?%{IPTABLES}
SFW2_LOG_PREFIX SFW2-INext-%{NOTSPACE:[suse][firewall][action]}
SFW2 %{SYSLOGTIMESTAMP:timestamp} %{HOSTNAME:[observer][hostname]}.*?%{SFW2_LOG_PREFIX:[suse][firewall][log_prefix]} %{IPTABLES}
`;
