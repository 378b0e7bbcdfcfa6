import RunModel

extension RunEvent.Kind {
    /// One word or two, for counts and lists: "2 failed".
    package var word: String {
        switch self {
        case .notANumber: "NaN"
        case .firstOfExperiment: "new experiment"
        case .lastChildEnded: "sweep ended"
        case .idleGPU: "GPU idle"
        default: rawValue
        }
    }

    /// In the order in which counts of them are told, the gravest first.
    package static let byGravity: [RunEvent.Kind] = [
        .failed, .notANumber, .silent, .stalled, .stuck, .idleGPU, .canceled, .lastChildEnded, .finished, .back,
        .firstOfExperiment,
    ]

    /// Whether a person wants to hear of it without having asked.
    package var isGrave: Bool { self == .failed || self == .notANumber }
}

extension RunEvent {
    /// What happened, for a line that names the run elsewhere: "failed: OutOfMemory".
    package var summary: String {
        let word =
            switch kind {
            case .firstOfExperiment: "first run of \(experimentName)"
            case .lastChildEnded: "last child run ended"
            case .notANumber: "not a finite number"
            case .idleGPU: "idle"
            default: kind.word
            }
        return detail.isEmpty ? word : "\(word): \(detail)"
    }

    /// A sentence that stands alone.
    package var sentence: String { "\(name) (\(experimentName)) \(summary)" }
}
