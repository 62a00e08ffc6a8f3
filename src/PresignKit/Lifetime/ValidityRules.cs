namespace PresignKit;

/// <summary>What the options and the store say of the time for which URLs hold, in seconds.</summary>
/// <param name="Default">The duration of URLs that ask for none.</param>
/// <param name="Max">The longest duration that the store takes.</param>
/// <param name="Window">The signing window; 0 for none.</param>
/// <param name="CredentialExpiry">What happens where the credentials end first.</param>
internal sealed record ValidityRules(int Default, int Max, int Window, CredentialExpiry CredentialExpiry);
