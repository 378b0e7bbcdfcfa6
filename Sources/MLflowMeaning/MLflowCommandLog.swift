import RunServices

/// Where the output of a supervised command lies among the artifacts of its run, as the run's tags say.
///
/// Scripts log artifacts to the same run, and `output.log` is a name that they use too. So the log has a folder of its
/// own, which is claimed only when nothing has its name, and which MLflow's own page and client show like any other.
/// It is not hidden by a dot: web servers in front of MLflow commonly refuse paths with one.
package enum MLflowCommandLog {
    /// Folders tried before giving up: a script that takes a hundred such names is not using them by chance.
    package static let folderLimit = 100

    /// What the tag says until the command has printed something.
    package static let none = "-"

    /// The folder that is tried first, second, …, counted from 1.
    package static func folder(_ attempt: Int) -> String { attempt == 1 ? "runwatch" : "runwatch-\(attempt)" }

    /// Whether an artifact is in a folder that a supervisor may have claimed.
    package static func isInOwnFolder(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty, parts[1] != ".", parts[1] != ".." else { return false }
        if parts[0] == folder(1) { return true }
        guard let number = Int(parts[0].dropFirst(folder(1).count + 1)) else { return false }
        return (2...folderLimit).contains(number) && parts[0] == folder(number)
    }

    /// The artifact that holds what the run's command printed; nil for a run without.
    ///
    /// Supervisors of earlier versions wrote no such tag, and kept the log as `output.log` among all other artifacts.
    package static func path(of record: MLflowRecord) -> String? {
        if let stated = record.tag(MLflowTag.log) { return isInOwnFolder(stated) ? stated : nil }
        return record.tag(MLflowTag.supervisor) == nil ? nil : LogFile.output
    }

    /// What says that `path` is the command's log from now on.
    package static func edit(begunAt path: String) -> MLflowEdit {
        var edit = MLflowEdit()
        edit.setTags = [(MLflowTag.log, path)]
        return edit
    }
}
