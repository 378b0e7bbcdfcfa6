import Foundation

/// A part of the README and what it shows to be typed, for tests that do just that.
package struct ReadmeSection {
    /// A fenced block.
    package struct Block: Sendable {
        /// What stands behind the fence: `sh`, `python`, `ini`.
        package let language: String
        /// Without the fences.
        package let text: String
    }

    /// All of it, with its title.
    package let text: String
    /// In their order.
    package let blocks: [Block]

    /// The section with a title, up to the next one of its level or above; nil where there is none.
    package init?(_ title: String) throws {
        let root = URL(fileURLWithPath: #filePath).pathComponents.dropFirst().dropLast(4)
        let readme = try String(contentsOfFile: "/" + root.joined(separator: "/") + "/README.md", encoding: .utf8)
        let lines = readme.components(separatedBy: "\n")
        guard let start = lines.firstIndex(where: { $0.hasPrefix("#") && $0.hasSuffix("# " + title) }) else {
            return nil
        }
        let level = lines[start].prefix { $0 == "#" }.count
        var section = [lines[start]]
        var blocks: [Block] = []
        var open: (language: String, lines: [String])?
        for line in lines[(start + 1)...] {
            if open == nil, line.hasPrefix("#"), line.prefix(while: { $0 == "#" }).count <= level { break }
            section.append(line)
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(Block(language: block.language, text: block.lines.joined(separator: "\n") + "\n"))
                    open = nil
                } else {
                    open = (String(line.dropFirst(3)), [])
                }
            } else {
                open?.lines.append(line)
            }
        }
        (text, self.blocks) = (section.joined(separator: "\n"), blocks)
    }
}
