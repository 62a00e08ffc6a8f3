using PresignKit;

namespace QuickStart;

/// <summary>The store, and the settings for the URLs to presign.</summary>
internal sealed record StoreAccess(PresignerOptions Options, string Key, TimeSpan? ExpiresIn, bool IsMadeUp, bool AsJson, bool UsesLocalStore);
