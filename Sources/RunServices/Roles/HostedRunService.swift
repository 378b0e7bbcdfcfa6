/// A run service that a server puts before clients of other protocols: all that MLflow's and Azure ML's ask of one.
///
/// Its contract, which `HostedContractTests` quotes by number, beside that of `RunService`:
///
/// H1. **Experiments** are made, found by id and by name, renamed and tagged; a name is taken until its experiment is
///     renamed, even while that is deleted. Only making, renaming, deleting and restoring count as its last update. Ids are
///     decimal numbers, `0` is `Default`.
/// H2. **Searches** for experiments, runs and models take a condition, several orders and a view of what is deleted, in
///     pages that neither shift nor repeat; missing values come last whichever the direction, NaN just before them.
/// H3. **Clients** choose ids, names, statuses and times of runs; a run of an id that exists is answered, changed or refused
///     as the draft says. What the client did not say of times, the service sets.
/// H4. **Deleted** runs and experiments vanish from `RunReading` and `ChangeFollowing`, cannot be changed, and come back
///     when they are restored; an experiment takes its runs along both ways, and a run restored alone comes back without its
///     experiment. Hosts still see them.
/// H5. **Batches** of status, tags, parameters, metrics, data sets and models apply as a whole or not at all; a parameter
///     takes the same value again; a point that a client sends again is one point; the newest point of a metric is the one
///     of the greatest step, then time, then value.
/// H6. **Durable**: a change is answered once it would outlast a crash of the process, the system or its power. Changes that
///     come together share the cost, and one that fails leaves the others alone.
/// H7. **History** of metrics comes whole, in pages, and sampled over a range of steps.
/// H8. **Tables** of metrics keep rows as they were sent, each id once.
/// H9. **Artifacts** are files within the root of their run, experiment or model; they appear whole, are read and written
///     in pieces of constant memory, and no path leads out.
/// H10. **Documents** keep what Azure tells of a run; the last writer of a member wins, warnings add up, hidden runs are
///     left out on wish.
/// H11. **Models** are logged, finished, tagged, searched and deleted, and have parameters and metrics of their own.
/// H12. **Storage** that is full refuses changes with `storageFull`, keeps what it has, and goes on once there is room.
/// H13. **Reads** wait neither for changes nor for a slow search, and no change waits for a read.
/// H14. **Servers** of one store know of each other.
package protocol HostedRunService:
    SupervisedRunService, ExperimentHosting, RunHosting, MetricHosting, ArtifactHosting, ModelHosting, ServerRegistry
{}
