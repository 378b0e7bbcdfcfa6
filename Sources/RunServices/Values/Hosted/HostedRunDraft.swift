package import RunModel

/// A run to be created on behalf of a client of another protocol.
package struct HostedRunDraft: Sendable, Equatable {
    /// What an id that exists already leads to.
    package enum Existing: Sendable {
        /// The run that exists, with nothing written to it.
        case answers
        /// The run that exists, changed by what the draft gives; Azure creates and changes runs by one request.
        case changes
        /// `conflict`.
        case refuses
    }

    /// What every run has; `experimentName` counts where `experiment` is nil.
    package var run: RunDraft
    /// The experiment by its id, which must exist; nil makes one of the draft's `experimentName` where there is none.
    package var experimentID: ExperimentID?
    /// As the client says; nil is NotStarted for a new run and leaves the status of one that exists.
    package var status: RunStatus?
    /// When the run started, where the client says so; else a status that is under way sets it.
    package var startedAt: Timestamp?
    /// When the run ended, where the client says so; else a status that is final sets it.
    package var endedAt: Timestamp?
    /// Where its artifacts lie, as an address that clients understand; nil where the host keeps them.
    package var artifactURI: String?
    /// What Azure's run documents tell beside.
    package var document: RunDocument
    /// What becomes of a draft whose id exists.
    package var existing: Existing

    /// A run that has these parts when it is created.
    package init(
        _ run: RunDraft, experimentID: ExperimentID? = nil, status: RunStatus? = nil, startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, artifactURI: String? = nil, document: RunDocument = RunDocument(),
        existing: Existing = .answers
    ) {
        self.run = run
        self.experimentID = experimentID
        self.status = status
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.artifactURI = artifactURI
        self.document = document
        self.existing = existing
    }
}
