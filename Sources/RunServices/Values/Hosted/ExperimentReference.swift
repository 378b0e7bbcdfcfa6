package import RunModel

/// The two ways in which clients say which experiment they mean.
package enum ExperimentReference: Hashable, Sendable {
    case id(ExperimentID)
    case name(String)
}
