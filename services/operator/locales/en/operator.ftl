# What the operator says of its decisions. { $value } is what each is about.
floor = The floor is enough.
peak = The peak window { $value } is in force or about to begin.
backlog = { $value } messages are waiting.
disruption-budget = The disruption budget wants { $value } pods at any time.
ceiling = The ceiling of { $value } admits no more.
calming = Fewer would do, but not for long enough yet.
stepping = Fewer have been enough for long enough: one replica goes.
draining = The replica that went last is given time to finish what it holds.
not-ready = Fewer would do, but not all replicas are ready.
no-disruption-allowed = Fewer would do, but the disruption budget admits none to go.
backlog-unknown = How many messages are waiting is not known; nothing is taken away.
migration-running = The migration { $value } is running; nothing is scaled until it has ended.
maintenance = Maintenance is under way; nothing is scaled until it has ended.
paused = Paused: the operator changes nothing.

# The state of a province.
all-ready = All components have their replicas.
progressing = Replicas are not all ready yet: { $value }.
release-absent = The release has no workloads for: { $value }.
foreign-autoscaler = Another autoscaler scales the same workload: { $value }. Set autoscaling.managedBy of the release to operator.
rival = Another province has this release in hand: { $value }.
broker-unreachable = The management API of the broker does not answer: { $value }.
none = None.

# What has been done.
created = The autoscaler { $value } has been created.
restored = The autoscaler { $value } was gone or changed, and has been restored.
overruled = A change to { $value } has been undone; change the Province instead.
removed = The autoscaler { $value } has been removed.
raised = { $value } had fewer replicas than the floor; they have been added.
released = The province lets its release go; the workloads keep the replicas that they have. Removed: { $value }.

# Faults of a declaration; the field stands before.
fault-immutable = cannot be changed to { $value }; delete the province and declare another
fault-time-zone = { $value } is not a time zone of the IANA database
fault-no-components = at least one component is required
fault-zero = must be at least 1
fault-above-ceiling = { $value } is above the ceiling of the component
fault-no-broker = required where a component has messagesPerReplica
fault-not-encrypted = managementUrl is not encrypted; it must begin with https://
fault-order = must be after from
fault-twice = { $value } is there twice
fault-day = { $value } is not a day that every year has, written MM-DD
fault-unknown-component = { $value } is not among the components
