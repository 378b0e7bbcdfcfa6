/// By which ways a person is told of an event who does not look at the screen.
package struct NotificationChannels: OptionSet, Sendable, Hashable {
    /// One bit for each way.
    package let rawValue: UInt8

    /// The ways of these bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The title of the terminal's window counts.
    package static let title = NotificationChannels(rawValue: 1 << 0)
    /// The terminal's bell.
    package static let bell = NotificationChannels(rawValue: 1 << 1)
    /// A notification of the desktop, through the terminal.
    package static let desktop = NotificationChannels(rawValue: 1 << 2)
    /// The configured command.
    package static let hook = NotificationChannels(rawValue: 1 << 3)

    /// All of them; a hook has to be configured.
    package static let standard: NotificationChannels = [.title, .bell, .desktop, .hook]

    /// What may be written, for sentences about it.
    package static let words = "none, or some of bell, osc and hook with commas between them"

    /// As it is written.
    package var text: String {
        let words: [(NotificationChannels, String)] = [(.bell, "bell"), (.desktop, "osc"), (.hook, "hook")]
        let told = words.filter { contains($0.0) }.map(\.1)
        return told.isEmpty ? "none" : told.joined(separator: ",")
    }

    /// Reads `none`, or a list such as `bell,osc`; the title goes with any of them. Nil for what is neither.
    package init?(_ text: String) {
        if text == "none" {
            self = []
            return
        }
        self = .title
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch word.drop(while: \.isWhitespace).prefix(while: { !$0.isWhitespace }) {
            case "bell": insert(.bell)
            case "osc": insert(.desktop)
            case "hook": insert(.hook)
            default: return nil
            }
        }
    }
}
