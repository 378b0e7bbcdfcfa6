/// Knows which processes serve this store; several may at a time.
package protocol ServerRegistry: DescribedService {
    /// Says that this process serves; again replaces what it said.
    func announce(_ server: ServingProcess) async throws(RunServiceError)

    /// Takes back what `announce` said.
    func withdraw(_ server: ServingProcess) async throws(RunServiceError)

    /// Those that announced themselves, without those of this host that are proven gone; newest first.
    func servers() async throws(RunServiceError) -> [ServingProcess]
}
