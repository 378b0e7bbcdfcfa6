extension Run {
    /// The tag in which MLflow keeps a run's description, and so does every service here.
    package static let descriptionTag = "mlflow.note.content"

    /// What a person wrote about the run; nil where nobody did.
    package var descriptionText: String? { tags.value(forKey: Self.descriptionTag) ?? nil }

    /// Without the description, which is a tag to services only.
    package var shownTags: Tags {
        guard tags.contains(Self.descriptionTag) else { return tags }
        var tags = tags
        tags.removeValue(forKey: Self.descriptionTag)
        return tags
    }
}
