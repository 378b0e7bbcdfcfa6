/// A text for the clipboard of the terminal that a person sits at, which may be far away (OSC 52).
extension TerminalSignaling {
    /// Bytes of a text that terminals take: xterm's limit of 100,000 for the whole sequence.
    package static let clipboardLimit = 74_991

    /// None where the terminal would not understand, or would cut the text.
    func clipboardBytes(_ text: String) -> [UInt8] {
        guard understandsCommands, text.utf8.count <= Self.clipboardLimit else { return [] }
        let command: [UInt8] = Array("\u{1b}]52;c;".utf8) + Base64Text.bytes(of: text.utf8)
        switch wrapping {
        case .none: return command + Self.stringEnd
        case .tmux:
            // tmux takes the command itself with `set-clipboard on`, and lets it through with `allow-passthrough on`.
            let whole = command + Self.stringEnd
            return whole + Self.passedThrough(byTmux: whole)
        case .screen:
            // What would end the command would end what it is wrapped in too, and screen takes no long strings.
            let whole = command + [0x07]
            return stride(from: 0, to: whole.count, by: Self.screenPiece).flatMap { start in
                Array("\u{1b}P".utf8) + whole[start..<min(start + Self.screenPiece, whole.count)] + Self.stringEnd
            }
        }
    }

    /// ST, which every terminal takes; BEL would ring where one does not know the command.
    private static let stringEnd: [UInt8] = [0x1b, 0x5c]
    /// Bytes of a string that screen takes, with room to spare.
    private static let screenPiece = 512
}
