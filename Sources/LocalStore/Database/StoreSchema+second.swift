extension StoreSchema {
    /// Version 2: what git knows of a run's code.
    static let second = """
        ALTER TABLE sources ADD COLUMN git_commit TEXT;
        ALTER TABLE sources ADD COLUMN git_branch TEXT;
        ALTER TABLE sources ADD COLUMN repository TEXT;
        """
}
