import DashboardCore
import FileAccess
import RunServices
import TerminalUI

/// Texts and files that leave the dashboard.
extension Program {
    /// Sends an excerpt to the terminal's clipboard, or gives it back to be shown.
    func copy(_ request: CopyRequest) -> CopyOutcome {
        let text: String
        do {
            text = try Self.text(of: request.excerpt)
        } catch {
            return .failed("\(request.what) cannot be written as text.")
        }
        let hasClipboard = terminal.traits.hasClipboard
        if request.isForScreen || !hasClipboard { return .text(text, hasClipboard: hasClipboard) }
        guard text.utf8.count <= TerminalSignaling.clipboardLimit else { return .tooLong(text.utf8.count) }
        terminal.emit(.clipboard(text))
        return .sent
    }

    /// What is pasted must not act by itself: of others' texts no control character is left.
    private static func text(of excerpt: Excerpt) throws -> String {
        switch excerpt {
        case .text(let text): Shown.lines(text)
        case .listing(let listing, let format):
            Shown.lines(String(decoding: try ListingText.bytes(of: listing, as: format), as: UTF8.self))
        }
    }

    /// Writes a file off the main actor: a list may have very many runs.
    func export(_ listing: ShownListing, _ format: ListingFormat, to path: String) {
        Task { [weak self] in
            let failure: String? = await BlockingCall.run {
                do {
                    return NewFile.write(try ListingText.bytes(of: listing, as: format), to: path)
                } catch {
                    return "What is shown cannot be written as \(format.rawValue)."
                }
            }
            let outcome =
                failure.map(ExportOutcome.failed)
                ?? .written(
                    path: NewFile.expanded(path), count: listing.count, isComparison: listing.isComparison)
            self?.send(.exported(outcome))
        }
    }
}
