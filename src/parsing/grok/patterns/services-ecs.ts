/** Servers and languages: ECS names. Nagios and Bacula have a file of their own. */
export const SERVICES_ECS = String.raw`
JAVASTACKTRACEPART %{SPACE}at %{JAVACLASS:[java][log][origin][class][name]}\.%{JAVAMETHOD:[log][origin][function]}\(%{JAVAFILE:[log][origin][file][name]}(?::%{INT:[log][origin][file][line]:int})?\)
CATALINA7_LOG %{CATALINA7_DATESTAMP:timestamp} %{JAVACLASS:[java][log][origin][class][name]}(?: %{JAVAMETHOD:[log][origin][function]})?\s*(?:%{LOGLEVEL:[log][level]}:)? %{JAVALOGMESSAGE:message}
CATALINA8_LOG %{CATALINA8_DATESTAMP:timestamp} %{LOGLEVEL:[log][level]} \[%{DATA:[java][log][origin][thread][name]}\] %{JAVACLASS:[java][log][origin][class][name]}\.(?:%{JAVAMETHOD:[log][origin][function]})? %{JAVALOGMESSAGE:message}
CATALINALOG (?:%{CATALINA8_LOG})|(?:%{CATALINA7_LOG})
TOMCATLEGACY_LOG %{TOMCATLEGACY_DATESTAMP:timestamp} \| %{LOGLEVEL:[log][level]} \| %{JAVACLASS:[java][log][origin][class][name]} - %{JAVALOGMESSAGE:message}
TOMCATLOG (?:%{TOMCATLEGACY_LOG})|(?:%{CATALINA8_LOG})|(?:%{CATALINA7_LOG})
RUBY_LOGGER [DFEWI], \[%{TIMESTAMP_ISO8601:timestamp} #%{POSINT:[process][pid]:int}\] *%{RUBY_LOGLEVEL:[log][level]} -- +%{DATA:[process][name]}: %{GREEDYDATA:message}
MCOLLECTIVE ., \[%{TIMESTAMP_ISO8601:timestamp} #%{POSINT:[process][pid]:int}\]%{SPACE}%{LOGLEVEL:[log][level]}
MCOLLECTIVEAUDIT %{TIMESTAMP_ISO8601:timestamp}:
MONGO_LOG %{SYSLOGTIMESTAMP:timestamp} \[%{WORD:[mongodb][component]}\] %{GREEDYDATA:message}
MONGO_SLOWQUERY %{WORD} %{MONGO_WORDDASH:[mongodb][database]}\.%{MONGO_WORDDASH:[mongodb][collection]} %{WORD}: %{MONGO_QUERY:[mongodb][query][original]} %{WORD}:%{NONNEGINT} %{WORD}:%{NONNEGINT} %{WORD}:%{NONNEGINT}.*nreturned:%{NONNEGINT:[mongodb][profile][return_count]:int}.* %{INT:[mongodb][profile][duration]:int}ms
MONGO3_LOG %{TIMESTAMP_ISO8601:timestamp} %{MONGO3_SEVERITY:[log][level]} (?:-|%{MONGO3_COMPONENT:[mongodb][component]})%{SPACE}(?:\[%{DATA:[mongodb][context]}\])? %{GREEDYDATA:message}
REDISLOG \[%{POSINT:[process][pid]:int}\] %{REDISTIMESTAMP:timestamp} \*\s
REDISMONLOG %{NUMBER:timestamp} \[%{INT:[redis][database][id]} %{IP:[client][ip]}:%{POSINT:[client][port]:int}\] "%{WORD:[redis][command][name]}"\s?%{GREEDYDATA:[redis][command][args]}
RAILS3HEAD Started %{WORD:[http][request][method]} "%{URIPATHPARAM:[url][original]}" for %{IPORHOST:[source][address]} at (?<timestamp>%{YEAR}-%{MONTHNUM}-%{MONTHDAY} %{HOUR}:%{MINUTE}:%{SECOND} %{ISO8601_TIMEZONE})
RPROCESSING \W*Processing by (?<[rails][controller][class]>[^#]+)#(?<[rails][controller][action]>\w+) as (?<[rails][request][format]>\S+)(?:\W*Parameters: \{%{DATA:[rails][request][params]}\}\W*)?
RAILS3FOOT Completed %{POSINT:[http][response][status_code]:int}%{DATA} in %{NUMBER:[rails][request][duration][total]:float}ms %{GREEDYDATA}
RAILS3PROFILE (?:\(Views: %{NUMBER:[rails][request][duration][view]:float}ms \| ActiveRecord: %{NUMBER:[rails][request][duration][active_record]:float}ms|\(ActiveRecord: %{NUMBER:[rails][request][duration][active_record]:float}ms)?
RAILS3 %{RAILS3HEAD}(?:%{RPROCESSING})?(?<[rails][request][explain][original]>(?:%{DATA}\n)*)(?:%{RAILS3FOOT})?
POSTGRESQL %{DATESTAMP:timestamp} %{TZ:[event][timezone]} %{DATA:[user][name]} %{GREEDYDATA:[postgresql][log][connection_id]} %{POSINT:[process][pid]:int}
BIND9_QUERYLOGBASE client(?: @0x[0-9A-Fa-f]+)? %{IP:[client][ip]}#%{POSINT:[client][port]:int} \(%{NOTSPACE:[bind][log][question][name]}\)(?: \[view: %{DATA}\])?: query: %{NOTSPACE:[dns][question][name]} (?<[dns][question][class]>IN) (?:%{BIND9_DNSTYPE:[dns][question][type]}|[A-Z0-9]+)(?: %{DATA:[bind][log][question][flags]})? \(%{IP:[server][ip]}\)
BIND9 %{BIND9_TIMESTAMP:timestamp} %{BIND9_CATEGORY}: %{LOGLEVEL:[log][level]}: %{BIND9_QUERYLOGBASE}
EXIM_REMOTE_HOST H=(?:%{HOSTNAME:[source][address]} )?(?:\(%{NOTSPACE:[exim][log][remote_address]}\) )?\[%{IP:[source][ip]}\](?::%{POSINT:[source][port]:int})?
EXIM_INTERFACE I=\[%{IP:[destination][ip]}\](?::%{INT:[destination][port]:int})?
EXIM_PROTOCOL P=%{NOTSPACE:[network][protocol]}
EXIM_MSG_SIZE S=%{INT:[exim][log][message][size]:int}
EXIM_HEADER_ID id=%{NOTSPACE:[exim][log][header_id]}
EXIM_SUBJECT T="(?<[exim][log][message][subject]>(?:\\.|[^\\"])*)"
EXIM %{EXIM_DATE:timestamp}(?: \[%{POSINT:[process][pid]:int}\])? %{EXIM_MSGID:[exim][log][message][id]} (?<[exim][log][flags]><=) (?:%{EMAILADDRESS:[exim][log][sender][email]}|%{NOTSPACE}) %{EXIM_REMOTE_HOST}(?: %{EXIM_INTERFACE})?(?: %{EXIM_PROTOCOL})?.*? %{EXIM_MSG_SIZE}(?:.*? %{EXIM_HEADER_ID})?(?: %{EXIM_SUBJECT})?(?: for %{EMAILADDRESS:[exim][log][recipient][email]})?
ZEEK_HEAD %{NUMBER:timestamp}\t%{NOTSPACE:[zeek][session_id]}\t%{IP:[source][ip]}\t%{INT:[source][port]:int}\t%{IP:[destination][ip]}\t%{INT:[destination][port]:int}
ZEEK_HTTP %{ZEEK_HEAD}\t%{INT:[zeek][http][trans_depth]:int}\t(?:-|%{WORD:[http][request][method]})\t(?:-|%{ZEEK_DATA:[url][domain]})\t(?:-|%{ZEEK_DATA:[url][original]})\t(?:-|%{ZEEK_DATA:[http][request][referrer]})\t(?:-|%{NUMBER:[http][version]})\t(?:-|%{ZEEK_DATA:[user_agent][original]})\t(?:-|%{ZEEK_DATA:[zeek][http][origin]})\t(?:-|%{NUMBER:[http][request][body][bytes]:int})\t(?:-|%{NUMBER:[http][response][body][bytes]:int})\t(?:-|%{POSINT:[http][response][status_code]:int})\t(?:-|%{DATA:[zeek][http][status_msg]})\t(?:-|%{POSINT:[zeek][http][info_code]:int})\t(?:-|%{DATA:[zeek][http][info_msg]})\t(?:\(empty\)|%{ZEEK_DATA:[zeek][http][tags]})\t(?:-|%{ZEEK_DATA:[url][username]})\t(?:-|%{ZEEK_DATA:[url][password]})\t(?:-|%{ZEEK_DATA:[zeek][http][proxied]})\t(?:-|%{ZEEK_DATA:[zeek][http][orig_fuids]})\t(?:-|%{ZEEK_DATA})\t(?:-|%{ZEEK_DATA:[http][request][mime_type]})\t(?:-|%{ZEEK_DATA:[zeek][http][resp_fuids]})\t(?:-|%{ZEEK_DATA})\t(?:-|%{ZEEK_DATA:[http][response][mime_type]})
BRO_HTTP %{ZEEK_HEAD}\t%{INT:[zeek][http][trans_depth]:int}\t(?:-|%{WORD:[http][request][method]})\t(?:-|%{ZEEK_DATA:[url][domain]})\t(?:-|%{ZEEK_DATA:[url][original]})\t(?:-|%{ZEEK_DATA:[http][request][referrer]})\t(?:-|%{ZEEK_DATA:[user_agent][original]})\t(?:-|%{NUMBER:[http][request][body][bytes]:int})\t(?:-|%{NUMBER:[http][response][body][bytes]:int})\t(?:-|%{POSINT:[http][response][status_code]:int})\t(?:-|%{DATA:[zeek][http][status_msg]})\t(?:-|%{POSINT:[zeek][http][info_code]:int})\t(?:-|%{DATA:[zeek][http][info_msg]})\t(?:-|%{ZEEK_DATA:[zeek][http][filename]})\t(?:\(empty\)|%{ZEEK_DATA:[zeek][http][tags]})\t(?:-|%{ZEEK_DATA:[url][username]})\t(?:-|%{ZEEK_DATA:[url][password]})\t(?:-|%{ZEEK_DATA:[zeek][http][proxied]})\t(?:-|%{ZEEK_DATA:[zeek][http][orig_fuids]})\t(?:-|%{ZEEK_DATA:[http][request][mime_type]})\t(?:-|%{ZEEK_DATA:[zeek][http][resp_fuids]})\t(?:-|%{ZEEK_DATA:[http][response][mime_type]})$
BRO_DNS %{ZEEK_HEAD}\t%{WORD:[network][transport]}\t(?:-|%{INT:[dns][id]:int})\t(?:-|%{ZEEK_DATA:[dns][question][name]})\t(?:-|%{INT:[zeek][dns][qclass]:int})\t(?:-|%{ZEEK_DATA:[zeek][dns][qclass_name]})\t(?:-|%{INT:[zeek][dns][qtype]:int})\t(?:-|%{ZEEK_DATA:[dns][question][type]})\t(?:-|%{INT:[zeek][dns][rcode]:int})\t(?:-|%{ZEEK_DATA:[dns][response_code]})\t%{ZEEK_BOOL:[zeek][dns][AA]}\t%{ZEEK_BOOL:[zeek][dns][TC]}\t%{ZEEK_BOOL:[zeek][dns][RD]}\t%{ZEEK_BOOL:[zeek][dns][RA]}\t%{NONNEGINT:[zeek][dns][Z]:int}\t(?:-|%{ZEEK_DATA:[zeek][dns][answers]})\t(?:-|%{ZEEK_DATA:[zeek][dns][TTLs]})\t(?:-|%{ZEEK_BOOL:[zeek][dns][rejected]})
ZEEK_DNS %{ZEEK_HEAD}\t%{WORD:[network][transport]}\t(?:-|%{INT:[dns][id]:int})\t(?:-|%{NUMBER:[zeek][dns][rtt]:float})\t(?:-|%{ZEEK_DATA:[dns][question][name]})\t(?:-|%{INT:[zeek][dns][qclass]:int})\t(?:-|%{ZEEK_DATA:[zeek][dns][qclass_name]})\t(?:-|%{INT:[zeek][dns][qtype]:int})\t(?:-|%{ZEEK_DATA:[dns][question][type]})\t(?:-|%{INT:[zeek][dns][rcode]:int})\t(?:-|%{ZEEK_DATA:[dns][response_code]})\t%{ZEEK_BOOL:[zeek][dns][AA]}\t%{ZEEK_BOOL:[zeek][dns][TC]}\t%{ZEEK_BOOL:[zeek][dns][RD]}\t%{ZEEK_BOOL:[zeek][dns][RA]}\t%{NONNEGINT:[zeek][dns][Z]:int}\t(?:-|%{ZEEK_DATA:[zeek][dns][answers]})\t(?:-|%{ZEEK_DATA:[zeek][dns][TTLs]})\t(?:-|%{ZEEK_BOOL:[zeek][dns][rejected]})
ZEEK_CONN_HEAD %{ZEEK_HEAD}\t%{WORD:[network][transport]}\t(?:-|%{ZEEK_DATA:[network][protocol]})\t(?:-|%{NUMBER:[zeek][connection][duration]:float})\t(?:-|%{INT:[zeek][connection][orig_bytes]:int})\t(?:-|%{INT:[zeek][connection][resp_bytes]:int})\t(?:-|%{ZEEK_DATA:[zeek][connection][state]})\t(?:-|%{ZEEK_BOOL:[zeek][connection][local_orig]})
ZEEK_CONN_TAIL %{INT:[zeek][connection][missed_bytes]:int}\t(?:-|%{ZEEK_DATA:[zeek][connection][history]})\t(?:-|%{INT:[source][packets]:int})\t(?:-|%{INT:[source][bytes]:int})\t(?:-|%{INT:[destination][packets]:int})\t(?:-|%{INT:[destination][bytes]:int})\t(?:\(empty\)|-|%{ZEEK_DATA:[zeek][connection][tunnel_parents]})
BRO_CONN %{ZEEK_CONN_HEAD}\t%{ZEEK_CONN_TAIL}
ZEEK_CONN %{ZEEK_CONN_HEAD}\t(?:-|%{ZEEK_BOOL:[zeek][connection][local_resp]})\t%{ZEEK_CONN_TAIL}
BRO_FILES %{NUMBER:timestamp}\t%{NOTSPACE:[zeek][files][fuid]}\t%{IP:[server][ip]}\t%{IP:[client][ip]}\t%{NOTSPACE:[zeek][files][session_ids]}\t(?:-|%{ZEEK_DATA:[zeek][files][source]})\t(?:-|%{INT:[zeek][files][depth]:int})\t(?:-|%{ZEEK_DATA:[zeek][files][analyzers]})\t(?:-|%{ZEEK_DATA:[file][mime_type]})\t(?:-|%{ZEEK_DATA:[file][name]})\t(?:-|%{NUMBER:[zeek][files][duration]:float})\t(?:-|%{ZEEK_DATA:[zeek][files][local_orig]})\t(?:-|%{ZEEK_BOOL:[zeek][files][is_orig]})\t(?:-|%{INT:[zeek][files][seen_bytes]:int})\t(?:-|%{INT:[file][size]:int})\t(?:-|%{INT:[zeek][files][missing_bytes]:int})\t(?:-|%{INT:[zeek][files][overflow_bytes]:int})\t(?:-|%{ZEEK_BOOL:[zeek][files][timedout]})\t(?:-|%{ZEEK_DATA:[zeek][files][parent_fuid]})\t(?:-|%{ZEEK_DATA:[file][hash][md5]})\t(?:-|%{ZEEK_DATA:[file][hash][sha1]})\t(?:-|%{ZEEK_DATA:[file][hash][sha256]})\t(?:-|%{ZEEK_DATA:[zeek][files][extracted]})
ZEEK_FILES %{BRO_FILES}(?:\t(?:-|%{ZEEK_BOOL:[zeek][files][extracted_cutoff]})\t(?:-|%{INT:[zeek][files][extracted_size]:int}))?
`;

/** Bacula's messages and Nagios' log: ECS names. */
export const MONITORING_ECS = String.raw`
NAGIOSTIME \[%{NUMBER:timestamp}\]
NAGIOS_HEAD %{DATA:[host][hostname]};%{DATA:[service][name]};%{DATA:[service][state]}
NAGIOS_CURRENT_SERVICE_STATE (?<[nagios][log][type]>CURRENT SERVICE STATE): %{NAGIOS_HEAD};%{DATA:[nagios][log][state_type]};%{INT:[nagios][log][attempt]:int};%{GREEDYDATA:message}
NAGIOS_CURRENT_HOST_STATE (?<[nagios][log][type]>CURRENT HOST STATE): %{DATA:[host][hostname]};%{DATA:[service][state]};%{DATA:[nagios][log][state_type]};%{INT:[nagios][log][attempt]:int};%{GREEDYDATA:message}
NAGIOS_SERVICE_NOTIFICATION (?<[nagios][log][type]>SERVICE NOTIFICATION): %{DATA:[user][name]};%{NAGIOS_HEAD};%{DATA:[nagios][log][notification_command]};%{GREEDYDATA:message}
NAGIOS_HOST_NOTIFICATION (?<[nagios][log][type]>HOST NOTIFICATION): %{DATA:[user][name]};%{DATA:[host][hostname]};%{DATA:[service][state]};%{DATA:[nagios][log][notification_command]};%{GREEDYDATA:message}
NAGIOS_SERVICE_ALERT (?<[nagios][log][type]>SERVICE ALERT): %{NAGIOS_HEAD};%{DATA:[nagios][log][state_type]};%{INT:[nagios][log][attempt]:int};%{GREEDYDATA:message}
NAGIOS_HOST_ALERT (?<[nagios][log][type]>HOST ALERT): %{DATA:[host][hostname]};%{DATA:[service][state]};%{DATA:[nagios][log][state_type]};%{INT:[nagios][log][attempt]:int};%{GREEDYDATA:message}
NAGIOS_FLAPPING_ALERT (?<[nagios][log][type]>(?:SERVICE|HOST) (?:FLAPPING|DOWNTIME) ALERT): %{DATA:[host][hostname]};%{GREEDYDATA:message}
NAGIOS_PASSIVE_CHECK (?<[nagios][log][type]>PASSIVE (?:SERVICE|HOST) CHECK): %{DATA:[host][hostname]};%{GREEDYDATA:message}
NAGIOS_TIMEPERIOD_TRANSITION (?<[nagios][log][type]>TIMEPERIOD TRANSITION): %{DATA:[service][name]};%{NUMBER:[nagios][log][period_from]:int};%{NUMBER:[nagios][log][period_to]:int}
NAGIOS_EC_LINE (?<[nagios][log][type]>EXTERNAL COMMAND): (?<[nagios][log][command]>\w+);%{DATA:[host][hostname]};%{GREEDYDATA:message}
NAGIOSLOGLINE %{NAGIOSTIME} (?:%{NAGIOS_CURRENT_SERVICE_STATE}|%{NAGIOS_CURRENT_HOST_STATE}|%{NAGIOS_SERVICE_NOTIFICATION}|%{NAGIOS_HOST_NOTIFICATION}|%{NAGIOS_SERVICE_ALERT}|%{NAGIOS_HOST_ALERT}|%{NAGIOS_FLAPPING_ALERT}|%{NAGIOS_PASSIVE_CHECK}|%{NAGIOS_TIMEPERIOD_TRANSITION}|%{NAGIOS_EC_LINE})
BACULA_LOG %{BACULA_TIMESTAMP:timestamp} %{BACULA_HOST:[host][hostname]}(?: JobId %{INT:[bacula][job][id]})?[:,] *
BACULA_LOG_MAX_CAPACITY User defined maximum volume capacity %{BACULA_CAPACITY:[bacula][volume][max_capacity]} exceeded on device "%{BACULA_DEVICE:[bacula][volume][device]}" \(%{BACULA_DEVICEPATH:[bacula][volume][path]}\)\.?
BACULA_LOG_END_VOLUME End of medium on Volume "%{BACULA_VOLUME:[bacula][volume][name]}" Bytes=%{BACULA_CAPACITY:[bacula][volume][bytes]} Blocks=%{BACULA_CAPACITY:[bacula][volume][blocks]} at %{BACULA_TIMESTAMP:[bacula][timestamp]}\.
BACULA_LOG_NEW_VOLUME Created new Volume "%{BACULA_VOLUME:[bacula][volume][name]}" in catalog\.
BACULA_LOG_NEW_LABEL (?:Labeled new|Wrote label to prelabeled) Volume "%{BACULA_VOLUME:[bacula][volume][name]}" on device "%{BACULA_DEVICE:[bacula][volume][device]}" \(%{BACULA_DEVICEPATH:[bacula][volume][path]}\)\.?
BACULA_LOG_NEW_MOUNT New volume "%{BACULA_VOLUME:[bacula][volume][name]}" mounted on device "%{BACULA_DEVICE:[bacula][volume][device]}" \(%{BACULA_DEVICEPATH:[bacula][volume][path]}\) at %{BACULA_TIMESTAMP:[bacula][timestamp]}\.
BACULA_LOG_NOOPENDIR \s*Could not open directory "?%{DATA:[file][path]}"?: ERR=%{GREEDYDATA:[error][message]}
BACULA_LOG_READYAPPEND Ready to append to end of Volume "%{BACULA_VOLUME:[bacula][volume][name]}" size=%{INT:[bacula][volume][size]:int}
BACULA_LOG_VOLUME_PREVWRITTEN Volume "?%{BACULA_VOLUME:[bacula][volume][name]}"? previously written, moving to end of data\.
BACULA_LOG_CLIENT_RBJ shell command: run ClientRunBeforeJob "%{GREEDYDATA:[bacula][job][client_run_before_command]}"
BACULA_LOG_FATAL_CONN Fatal error: bsock\.c:133 Unable to connect to (?:Client|Storage daemon|Director daemon): %{BACULA_HOST:[bacula][client][name]} on %{IPORHOST:[client][address]}:%{POSINT:[client][port]:int}\. ERR=%{GREEDYDATA:[error][message]}
BACULA_LOG_DUPLICATE Cancelling duplicate JobId=%{INT:[bacula][job][other_id]}\.
BACULA_LOG_MARKCANCEL Job %{BACULA_JOB:[bacula][job][name]} marked to be canceled\.
BACULA_LOG_ALL_RECORDS_PRUNED All records pruned from Volume "%{BACULA_VOLUME:[bacula][volume][name]}"; marking it "Purged"
BACULA_LOG_STARTJOB Start Backup JobId %{INT}, Job=%{BACULA_JOB:[bacula][job][name]}
BACULA_LOG_PRUNED_JOBS Pruned %{INT} Jobs? for client %{BACULA_HOST:[bacula][client][name]} from catalog\.
BACULA_LOG_JOBEND Job write elapsed time = %{DATA:[bacula][job][elapsed_time]}, Transfer rate = %{NUMBER}(?: [KMG])? +Bytes/second
BACULA_LOGLINE %{BACULA_LOG}(?:%{BACULA_LOG_MAX_CAPACITY}|%{BACULA_LOG_END_VOLUME}|%{BACULA_LOG_NEW_VOLUME}|%{BACULA_LOG_NEW_LABEL}|%{BACULA_LOG_NEW_MOUNT}|%{BACULA_LOG_NOOPENDIR}|%{BACULA_LOG_READYAPPEND}|%{BACULA_LOG_VOLUME_PREVWRITTEN}|%{BACULA_LOG_CLIENT_RBJ}|%{BACULA_LOG_FATAL_CONN}|%{BACULA_LOG_DUPLICATE}|%{BACULA_LOG_MARKCANCEL}|%{BACULA_LOG_ALL_RECORDS_PRUNED}|%{BACULA_LOG_STARTJOB}|%{BACULA_LOG_PRUNED_JOBS}|%{BACULA_LOG_JOBEND})
`;
