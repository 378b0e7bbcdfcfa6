import RunModel

extension ListColumn {
    /// Where services keep the commit of a run's code and the host that it was started on.
    private static let commitKeys = ["mlflow.source.git.commit", "azureml.git.commit"]
    private static let hostKeys = ["runwatch.source.host"]

    /// What a run has in a column of text; nil for columns that are drawn otherwise, and where it has nothing.
    func value(of run: Run) -> String? {
        switch self {
        case .experiment: run.experimentName
        case .user: run.user.isEmpty ? nil : run.user
        case .host: Self.kept(Self.hostKeys, of: run)
        // As git abbreviates it.
        case .commit: Self.kept(Self.commitKeys, of: run).map { String($0.prefix(8)) }
        case .id: run.id.text
        case .number: run.number.map { "\($0)" }
        case .param(let key): run.params.value(forKey: key.text)
        case .property(let key): run.properties.value(forKey: key.text)
        case .tag(let key):
            // A tag without a value is there all the same.
            (run.tags.value(forKey: key.text) ?? run.machineTags.value(forKey: key.text)).map { $0 ?? "yes" }
        case .tags: run.shownTags.isEmpty ? nil : TagText.line(run.shownTags)
        case .metric(let key, _):
            switch run.metrics.value(forKey: key.text)?.value {
            case .text(let text): text
            case .number(let number): "\(number)"
            case nil: nil
            }
        case .status, .name, .started, .duration, .ended, .automatic, .differing: nil
        }
    }

    private static func kept(_ keys: [String], of run: Run) -> String? {
        for key in keys {
            let value = (run.machineTags.value(forKey: key) ?? nil) ?? run.properties.value(forKey: key)
            if let value, !value.isEmpty { return value }
        }
        return nil
    }
}
