import FileAccess
import Glibc
import RunModel
import RunServices
import TensorBoardFiles

/// One reading of a run's event files for the points of its metrics, up to where they were read for the run itself.
struct SeriesPass: Sendable {
    private struct File {
        let path: String
        let name: EventFileName
        let stamp: FileStamp
        /// The bytes up to here are whole records.
        let end: Int64
    }

    let run: RunID
    let generation: Int
    private let files: [File]
    private let restarts: Restarts

    init(_ run: RunID, _ logged: LoggedRun) {
        self.run = run
        generation = logged.generation
        restarts = logged.summary.restarts
        files = logged.files.compactMap { file in
            file.stamp.map {
                File(path: logged.path + "/" + file.name.text, name: file.name, stamp: $0, end: file.position)
            }
        }
    }

    /// Where each file ends for this reading.
    var ends: [String: Int64] { Dictionary(files.map { ($0.name.text, $0.end) }) { $1 } }

    /// Every point that counts, in the order of the files. Throws when a file cannot be read.
    /// - Parameter marks: where to begin, by the name of the file.
    func read(from marks: [String: Int64], _ take: (ExactText, MetricPoint) -> Void) throws(RunServiceError) {
        for file in files {
            var position = marks[file.name.text] ?? 0
            if position >= file.end { continue }
            let handle = Glibc.open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard handle >= 0 else { throw unreadable(file, errno) }
            defer { close(handle) }
            // Another file by now: the next look finds out.
            guard FileStamp(of: handle)?.continues(file.stamp) == true else { continue }
            var (budget, corrupt) = (Int64.max, 0)
            let outcome = EventFileReader.read(
                handle, from: &position, to: file.end, budget: &budget, corrupt: &corrupt
            ) { event, offset in
                if restarts.drop(event.step, at: EventPlace(file: file.name, offset: offset)) { return }
                for scalar in event.scalars { take(ExactText(scalar.tag), MetricPoint(event, scalar)) }
            }
            if case .failed(let code) = outcome { throw unreadable(file, code) }
        }
    }

    private func unreadable(_ file: File, _ code: Int32) -> RunServiceError {
        RunServiceError(
            code == EACCES ? .forbidden : .unavailable, "\(EventPlaces.name(file.path)) cannot be read; try again.",
            underlying: String(cString: strerror(code)))
    }
}
