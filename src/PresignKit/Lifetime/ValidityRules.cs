namespace PresignKit;

/// <summary>The limits that the options and the store place on the lifetime of URLs, in seconds.</summary>
/// <param name="Default">The lifetime of a URL if the caller does not request one.</param>
/// <param name="Max">The longest lifetime that the store accepts.</param>
/// <param name="Window">The length of the signing window, or 0 if there is none.</param>
/// <param name="CredentialExpiry">The behavior if the credentials expire before the URL does.</param>
internal sealed record ValidityRules(int Default, int Max, int Window, CredentialExpiry CredentialExpiry);
