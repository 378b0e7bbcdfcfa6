/// What a run document of Azure tells beside what every run has; all of it may be missing.
///
/// As the change to one it holds what is to be replaced: what is nil or empty stays as it is, the last writer wins.
package struct RunDocument: Sendable, Equatable {
    /// A word such as `azureml.scriptrun`.
    package var runType: String?
    /// Of `runTypeV2`: a word such as `External`.
    package var orchestrator: String?
    /// Of `runTypeV2`.
    package var traits: [String]
    /// The name of what it is executed on, such as `local`.
    package var target: String?
    /// The file that it executes.
    package var scriptName: String?
    /// Whether listings leave it out.
    package var isHidden: Bool?
    /// Whether its client sends heartbeats.
    package var sendsHeartbeats: Bool?
    /// Who created it.
    package var creator: RunCreator?
    /// In the order in which they were given; a change adds to them.
    package var warnings: [RunWarning]
    /// The whole error document, as JSON text; code and message are the run's failure too.
    package var error: String?
    /// Members that this service only keeps, as JSON text by their names: `runDefinition`, `inputDatasets` and the like.
    package var others: [String: String]

    /// A document of these members.
    package init(
        runType: String? = nil, orchestrator: String? = nil, traits: [String] = [], target: String? = nil,
        scriptName: String? = nil, isHidden: Bool? = nil, sendsHeartbeats: Bool? = nil, creator: RunCreator? = nil,
        warnings: [RunWarning] = [], error: String? = nil, others: [String: String] = [:]
    ) {
        self.runType = runType
        self.orchestrator = orchestrator
        self.traits = traits
        self.target = target
        self.scriptName = scriptName
        self.isHidden = isHidden
        self.sendsHeartbeats = sendsHeartbeats
        self.creator = creator
        self.warnings = warnings
        self.error = error
        self.others = others
    }

    /// This document once `change` was made to it.
    package func changed(by change: RunDocument) -> RunDocument {
        RunDocument(
            runType: change.runType ?? runType, orchestrator: change.orchestrator ?? orchestrator,
            traits: change.traits.isEmpty ? traits : change.traits, target: change.target ?? target,
            scriptName: change.scriptName ?? scriptName, isHidden: change.isHidden ?? isHidden,
            sendsHeartbeats: change.sendsHeartbeats ?? sendsHeartbeats, creator: change.creator ?? creator,
            warnings: warnings + change.warnings, error: change.error ?? error,
            others: others.merging(change.others) { _, new in new })
    }
}
