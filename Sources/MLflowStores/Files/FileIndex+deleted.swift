import FileAccess
import Glibc
import RunServices

extension FileIndex {
    /// Ids and names of the experiments that were deleted: those in `.trash`, and those that say so where they are.
    /// Throws when `.trash` is there and cannot be read.
    func deletedExperiments() throws(RunServiceError) -> [(id: String, name: String)] {
        var deleted: [(id: String, name: String)] = []
        for folder in inactive {
            if let meta = MetaFile(path: "\(root)/\(folder)/meta.yaml"), !meta.isActive {
                deleted.append((folder, meta.fields["name"] ?? folder))
            }
        }
        let trash = root + "/.trash"
        switch FileAccess.names(in: trash) {
        case .success(let names):
            for name in names {
                // Runs that were moved here have no name of an experiment.
                guard let meta = MetaFile(path: "\(trash)/\(name)/meta.yaml"), meta.runID == nil else { continue }
                deleted.append((name, meta.fields["name"] ?? name))
            }
        case .failure(ENOENT): break
        case .failure(let code):
            errno = code
            throw FilePlace.unreadable(trash)
        }
        return deleted
    }
}
