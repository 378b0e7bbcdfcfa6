package import DashboardCore
package import RunServices

/// Where it is kept how the screen of each run service was left.
@MainActor
package protocol ScreenKeeping: AnyObject {
    /// How it was left; nil where nothing is kept. `complaint` is one sentence where what is kept cannot be used.
    func recall(_ service: ServiceDescription) -> (memory: ScreenMemory?, complaint: String?)
    /// Keeps it, some time soon; what is as it was costs nothing.
    func keep(_ memory: ScreenMemory, of service: ServiceDescription)
    /// Returns when all is kept, or a second has passed.
    func finish()
}
