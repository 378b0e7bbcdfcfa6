/// What a cancel will come to, by who obeys it; nil stands for a run of which that is not known.
enum OversightText {
    static func ofCancel(_ oversight: [Oversight?]) -> String {
        let isOne = oversight.count == 1
        let unsupervised = oversight.filter { $0 == .unsupervised }.count
        let ends = isOne ? "Its processes are asked to end" : "Their processes are asked to end"
        if case .silent(let silence) = oversight[0], isOne {
            return
                "Its supervisor has been silent for \(TimeText.age(silence)): the status changes, its processes may stay."
        }
        if unsupervised == oversight.count {
            return "Nothing supervises \(isOne ? "it" : "them"): only the status changes, no process ends."
        }
        let silent = oversight.filter { if case .silent = $0 { true } else { false } }.count
        if unsupervised + silent == 0 { return ends + ", and killed if they don't." }
        return
            "\(oversight.count - unsupervised - silent) of \(oversight.count) are supervised, and their processes end; "
            + "of the rest only the status changes."
    }

    static func ofChildren(_ oversight: [Oversight?]) -> String {
        let count = oversight.count
        var text = count == 1 ? " 1 child run is active too" : " \(count) child runs are active too"
        if !oversight.contains(nil) {
            let supervised = oversight.filter { $0 == .supervised }.count
            if supervised < count {
                text += supervised == 0 ? ", unsupervised" : ", \(supervised) of them supervised"
            }
        }
        return text + "."
    }
}
