import RunServices

/// What a server asks of the store is spread over `Hosting` and `Artifacts`.
extension LocalStore: HostedRunService {}
