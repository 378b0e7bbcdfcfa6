/// The source of runs behind every screen: all the roles that a dashboard and a command line ask for.
///
/// The contract, which `RunServiceContractTests` quotes by number and runs over every adapter:
///
/// 1. **Status** is a `RunStatus`; a word the adapter does not know is kept as `.unknown` and shown raw.
/// 2. **Transitions.** Failed and Canceled are final; Completed may still become Failed. A late lifecycle event on a
///    final run is ignored and succeeds, for it is re-sent after errors; a person's command that cannot apply throws
///    `conflict` and names the current status. The service sets start and end time, once, in UTC milliseconds. A foreign
///    client, which keeps to the rules of its own protocol, may set any status at any time, and times with it.
/// 3. **Cancel.** With a live supervisor the run becomes CancelRequested at once, and Canceled when its process group
///    is gone; without one it becomes Canceled at once. With descendants, every active one is cancelled, children first.
/// 4. **Fail** keeps an optional code and message with the run.
/// 5. **Complete** sets Completed and the end time.
/// 6. **Tags** are upserted and deleted by key; a key-only tag differs from an empty value where `keyOnlyTags` is available.
/// 7. **Properties** are add-only: the same value again is accepted; another value for an existing key throws
///    `immutable`, names the key and both values, and nothing of that call is kept.
/// 8. **Children** nest to any depth, know their parent and root, and are created singly or as one all-or-nothing batch.
/// 9. **Metrics** are series of (step, timestamp, value); NaN, infinities and texts survive.
/// 10. **Changes** applied in order give the same as a full read; their cost grows with what changed.
/// 11. **Query**: a listing takes the one filter language and any order, in pages that neither shift nor repeat a run; the
///     adapter pushes down what its backend can evaluate.
/// 12. **Errors** are `RunServiceError`s; what cannot be read never looks empty.
/// 13. **Capabilities** are declared, and a call without its capability throws `unsupported` with the same reason.
/// 14. **Names** of runs change as a person likes, whatever the status; a name is one line and not empty.
/// 15. **Edits** apply as a whole or not at all, whatever kinds of change one call holds.
/// 16. **Deleted** runs are neither listed, followed nor changed, keep all they have, and come back as they were when they are
///     restored. Deleting and restoring again succeeds. Only a deleted run can be purged, which removes it for good.
///
/// Calls may be made from any task and any number at a time. Each answer is one consistent state that the service had
/// between the call and the answer; a call made after another was answered sees what that one did. Nothing is promised on
/// the order of calls that overlap. A call whose task is cancelled throws `cancelled`, and a change that was on its way then
/// may or may not have been made. No call waits for another one, but for changes of the same run.
package protocol RunService: RunReading, ChangeFollowing, RunSteering, RunRecording, ArtifactReading, RunDisposal {}
