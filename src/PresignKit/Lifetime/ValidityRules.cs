namespace PresignKit;

/// <summary>The limits that the options and the store put on the lifetime of URLs, in seconds.</summary>
/// <param name="Default">The lifetime of URLs for which none is requested.</param>
/// <param name="Max">The longest lifetime that the store accepts.</param>
/// <param name="Window">The signing window, or 0 for none.</param>
/// <param name="CredentialExpiry">What happens if the credentials expire first.</param>
internal sealed record ValidityRules(int Default, int Max, int Window, CredentialExpiry CredentialExpiry);
