using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace PresignKit.AspNetCore;

/// <summary>A validated snapshot of <see cref="UploadOptions"/>.</summary>
internal sealed class UploadRules
{
    private const long MinPartBytes = 5L << 20;
    private const long MaxPartBytes = 5L << 30;
    private const int MaxParts = 10_000;

    private readonly FrozenSet<string> _types;
    private readonly FrozenSet<string> _inlineTypes;
    private readonly FrozenSet<string> _origins;

    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    public UploadRules(UploadOptions options)
    {
        List<string> problems = [.. FindProblems(options)];
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(nameof(UploadOptions), typeof(UploadOptions), problems);
        }

        Folder = options.Folder!;
        UserId = options.UserId;
        MaxBytes = options.MaxBytes;
        MultipartThreshold = options.MultipartThreshold;
        PartBytes = options.PartBytes;
        UrlLifetime = options.UrlLifetime;
        TicketLifetime = options.TicketLifetime;
        AllowAnonymous = options.AllowAnonymous;
        AllowUppyMultipart = options.AllowUppyMultipart;
        AllowUpload = options.AllowUpload;
        OnCompleted = options.OnCompleted;
        AnyContentType = options.AnyContentType;
        AllowedTypesForDisplay = options.AnyContentType ? "" : $" Choose a file of one of these types: {string.Join(", ", options.ContentTypes)}.";
        _types = options.ContentTypes.Select(type => type.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);
        _inlineTypes = options.InlineContentTypes.Select(type => type.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);
        _origins = options.AllowedOrigins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public Func<ClaimsPrincipal, string?> Folder { get; }

    public Func<ClaimsPrincipal, string?> UserId { get; }

    public bool AnyContentType { get; }

    /// <summary>Gets a sentence with the allowed types, or an empty string if there is no list of them.</summary>
    public string AllowedTypesForDisplay { get; }

    public long MaxBytes { get; }

    public long MultipartThreshold { get; }

    public long PartBytes { get; }

    public TimeSpan UrlLifetime { get; }

    public TimeSpan TicketLifetime { get; }

    public bool AllowAnonymous { get; }

    public bool AllowUppyMultipart { get; }

    public Func<PlannedUpload, IServiceProvider, CancellationToken, ValueTask<UploadDecision>>? AllowUpload { get; }

    public Func<CompletedUpload, IServiceProvider, CancellationToken, Task>? OnCompleted { get; }

    /// <summary>Gets the highest part number that Uppy can need, because its parts have at least 5 MiB.</summary>
    public int MaxUppyParts => (int)Math.Min(MaxParts, (MaxBytes + MinPartBytes - 1) / MinPartBytes);

    /// <summary>Determines whether a type, in lowercase and without parameters, can be uploaded.</summary>
    public bool Allows(string type) => _types.Contains(type) || (AnyContentType && !MediaType.CanContainScripts(type));

    public bool IsInline(string type) => _inlineTypes.Contains(type);

    public bool AllowsOrigin(string origin) => _origins.Contains(origin);

    /// <summary>Returns the size of the parts of a file, or 0 if the file is uploaded with a single PUT.</summary>
    public long PartBytesOf(long size)
    {
        if (size <= MultipartThreshold)
        {
            return 0;
        }

        long smallest = (size + MaxParts - 1) / MaxParts;
        return Math.Max(PartBytes, smallest);
    }

    private static IEnumerable<string> FindProblems(UploadOptions options)
    {
        if (options.Folder is null)
        {
            yield return "Folder is not set. Set it to a function that returns the folder of a user, such as user => $\"users/{user.FindFirstValue(ClaimTypes.NameIdentifier)}/\".";
        }

        if (options.UserId is null)
        {
            yield return "UserId is null. Leave out the assignment to use the claim NameIdentifier, or set a function that returns the ID of a user.";
        }

        if (options.ContentTypes is null or { Count: 0 } && !options.AnyContentType)
        {
            yield return "ContentTypes is empty. Specify the media types that users can upload, such as [\"image/png\", \"image/jpeg\"], or set AnyContentType to true.";
        }

        foreach (string problem in FindTypeProblems(options.ContentTypes, nameof(options.ContentTypes)).Concat(FindTypeProblems(options.InlineContentTypes, nameof(options.InlineContentTypes))))
        {
            yield return problem;
        }

        if (options.MaxBytes is < 1 or > MaxPartBytes * MaxParts)
        {
            yield return options.MaxBytes == 0
                ? "MaxBytes is not set. Set it to the maximum size of a file, such as 200L << 20 for 200 MiB."
                : Number(nameof(options.MaxBytes), options.MaxBytes, 1, MaxPartBytes * MaxParts);
        }

        if (options.MultipartThreshold is < 0 or > MaxPartBytes)
        {
            yield return Number(nameof(options.MultipartThreshold), options.MultipartThreshold, 0, MaxPartBytes);
        }

        if (options.PartBytes is < MinPartBytes or > MaxPartBytes)
        {
            yield return Number(nameof(options.PartBytes), options.PartBytes, MinPartBytes, MaxPartBytes);
        }

        if (options.UrlLifetime < TimeSpan.FromSeconds(1) || options.UrlLifetime > TimeSpan.FromDays(7))
        {
            yield return $"UrlLifetime is {options.UrlLifetime:c}. Set it to a value from 1 second to 7 days.";
        }

        if (options.TicketLifetime < TimeSpan.FromMinutes(1) || options.TicketLifetime > TimeSpan.FromDays(30))
        {
            yield return $"TicketLifetime is {options.TicketLifetime:c}. Set it to a value from 1 minute to 30 days.";
        }

        if (options.AllowedOrigins is null)
        {
            yield return Missing(nameof(options.AllowedOrigins));
        }

        foreach (string origin in options.AllowedOrigins ?? [])
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out Uri? url) || url.Scheme is not ("https" or "http") || !origin.Equals(url.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase))
            {
                yield return $"AllowedOrigins contains '{origin}', which is not an origin. Specify a scheme, a host and, if it is not the default, a port, such as 'https://app.example.com'.";
            }
        }
    }

    private static IEnumerable<string> FindTypeProblems(IReadOnlyCollection<string>? types, string property)
    {
        if (types is null)
        {
            yield return Missing(property);
            yield break;
        }

        foreach (string type in types)
        {
            // A wildcard would also allow types that can contain scripts, as image/* does with SVG.
            if (type is null || type.Contains('*') || !MediaType.TryParse(type, out string? parsed) || !parsed.Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{property} contains '{type}', which is not a media type. Specify types such as 'image/png', without wildcards and parameters.";
            }
        }
    }

    private static string Missing(string property) => $"{property} is null. Specify a list, which can be empty.";

    private static string Number(string property, long value, long min, long max) => FormattableString.Invariant($"{property} is {value}. Set it to a value from {min} to {max} bytes.");
}
