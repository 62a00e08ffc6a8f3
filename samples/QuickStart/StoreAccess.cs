using PresignKit;

namespace QuickStart;

/// <summary>The store, and what to presign in it.</summary>
internal sealed record StoreAccess(PresignerOptions Options, string Key, TimeSpan? ExpiresIn, bool IsMadeUp, bool AsJson);
