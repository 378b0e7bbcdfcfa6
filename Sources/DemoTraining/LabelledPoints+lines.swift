extension LabelledPoints {
    /// Reads `x,y,label` per line; other lines, such as a heading, are left out.
    package init(lines: some Sequence<String>) {
        self.init()
        for line in lines {
            let fields = line.split { $0 == "," || $0.isWhitespace }.compactMap { Double($0) }
            guard fields.count == 3 else { continue }
            x.append(fields[0])
            y.append(fields[1])
            labels.append(fields[2] > 0.5 ? 1 : 0)
        }
    }
}
