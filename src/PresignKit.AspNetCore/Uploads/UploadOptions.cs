using System.Security.Claims;

namespace PresignKit.AspNetCore;

/// <summary>The options of the upload endpoints.</summary>
/// <remarks>
/// <para><see cref="Folder"/>, <see cref="MaxBytes"/> and <see cref="ContentTypes"/> (or <see cref="AnyContentType"/>) are required. <c>MapUploads</c> uses a snapshot of the options,
/// and throws an exception if they are not valid.</para>
/// <para>The callbacks can be called by several requests at the same time.</para>
/// </remarks>
public sealed class UploadOptions
{
    /// <summary>Gets or sets the function that returns the folder of a user.</summary>
    /// <value>A function that returns a key prefix ending with a slash, such as <c>users/42/</c>. It is required.</value>
    /// <remarks>Every key starts with this folder, so it determines which users share files. The server responds with 403 if the result is <c>null</c> or has an empty segment, as
    /// <c>users//</c> does, because users without an ID would otherwise share a folder.</remarks>
    public Func<ClaimsPrincipal, string?>? Folder { get; set; }

    /// <summary>Gets or sets the function that returns the ID of a user.</summary>
    /// <value>The default returns the claim <see cref="ClaimTypes.NameIdentifier"/> or, if it is missing, the claim <c>sub</c>.</value>
    /// <remarks>A ticket can be used only by the user it was issued to. The server responds with 403 if a user does not have an ID, or if the ID contains a slash or a backslash, because
    /// it could then lead to a different user's folder.</remarks>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } = user => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub");

    /// <summary>Gets or sets the media types that users can upload.</summary>
    /// <value>Types such as <c>image/png</c>, without parameters and wildcards. The default is an empty list. Either this property or <see cref="AnyContentType"/> is required.</value>
    /// <remarks>The type is signed, so the store saves exactly this type. It is the type that the client specifies. Neither the server nor the store compares it with the content of the
    /// file.</remarks>
    public IReadOnlyCollection<string> ContentTypes { get; set; } = [];

    /// <summary>Gets or sets a value that indicates whether users can upload files of any type.</summary>
    /// <value>The default is <c>false</c>. If the value is <c>true</c>, types that can contain scripts (HTML, XHTML, XML, SVG and JavaScript) are still rejected unless
    /// <see cref="ContentTypes"/> contains them.</value>
    public bool AnyContentType { get; set; }

    /// <summary>Gets or sets the media types that browsers display when a user opens a link to the file.</summary>
    /// <value>The default is an empty list. Files of other types are stored with <c>Content-Disposition: attachment</c>, so that browsers save them.</value>
    /// <remarks><c>&lt;img&gt;</c> displays an image even if it is stored as an attachment.</remarks>
    public IReadOnlyCollection<string> InlineContentTypes { get; set; } = [];

    /// <summary>Gets or sets the maximum size of a file.</summary>
    /// <value>1 byte to 48.8 TiB (10,000 parts of 5 GiB). It is required.</value>
    public long MaxBytes { get; set; }

    /// <summary>Gets or sets the size above which files are uploaded in parts.</summary>
    /// <value>0 to 5 GiB, which is the maximum size of a single PUT. The default is 64 MiB.</value>
    public long MultipartThreshold { get; set; } = 64L << 20;

    /// <summary>Gets or sets the size of the parts of a multipart upload.</summary>
    /// <value>5 MiB to 5 GiB. The default is 16 MiB. Files that would have more than 10,000 parts of this size are uploaded in larger parts.</value>
    public long PartBytes { get; set; } = 16L << 20;

    /// <summary>Gets or sets the lifetime of the URLs and forms.</summary>
    /// <value>1 second to 7 days. The default is 5 minutes. A transfer must start within this time, but may finish later. URLs that are signed with temporary credentials expire no later than the credentials.</value>
    public TimeSpan UrlLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the lifetime of tickets, within which a multipart upload must be completed and <c>done</c> must be called.</summary>
    /// <value>1 minute to 30 days. The default is 1 day.</value>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets or sets a value that indicates whether PUT and CompleteMultipartUpload URLs are signed with <c>If-None-Match: *</c>, so that they cannot replace an object.</summary>
    /// <value>The default is <c>null</c>, in which case the header is signed if the provider is known to enforce it (<see cref="S3Provider.SupportsConditionalWrites"/>). Set the property
    /// to <c>true</c> for MinIO and for Ceph (16.2.15 enforces the header). Set it to <c>false</c> for a store that rejects the header, such as Swift.</value>
    /// <remarks>Without this header, a user can replace the file after the server has checked it, either with the PUT URL until it expires, or with a second multipart upload until the
    /// ticket expires. Forms, which are used for Uppy, can replace the file on all stores until they expire.</remarks>
    public bool? SignIfNoneMatch { get; set; }

    /// <summary>Gets or sets the name of the presigner, as in <c>AddPresigner(name, …)</c>.</summary>
    /// <value>The default is <c>null</c>, which is the presigner without a name.</value>
    public string? PresignerName { get; set; }

    /// <summary>Gets or sets the name of the presigner whose URLs the server uses.</summary>
    /// <value>The default is <c>null</c>, which is the presigner of <see cref="PresignerName"/>. Set this property if the server and the browsers use different addresses of the store, as
    /// in a container network.</value>
    public string? ServerPresignerName { get; set; }

    /// <summary>Gets or sets a value that indicates whether users who are not authenticated can upload files.</summary>
    /// <value>The default is <c>false</c>. <c>AllowAnonymous()</c> on the endpoints does not have this effect.</value>
    /// <remarks>If the value is <c>true</c>, the endpoints do not require authorization, and users do not need an ID. Policies that you add to the endpoints, and the fallback policy of the
    /// application, still apply. Anyone who has the ticket of a user without an ID can use it. Add a rate limiter to the endpoints, because anyone can then fill the bucket.</remarks>
    public bool AllowAnonymous { get; set; }

    /// <summary>Gets or sets the other origins whose pages can call the endpoints.</summary>
    /// <value>Origins such as <c>https://app.example.com</c>, without a path. The default is an empty list, which allows only pages from the server's own origin.</value>
    /// <remarks>Pages from other origins also need a CORS policy of the application.</remarks>
    public IReadOnlyCollection<string> AllowedOrigins { get; set; } = [];

    /// <summary>Gets or sets a value that indicates whether Uppy's multipart uploads are accepted.</summary>
    /// <value>The default is <c>false</c>, because Uppy does not tell the server the size of a file or a part. The server can then limit only the number of parts, so a user can upload
    /// more than <see cref="MaxBytes"/>. <c>done</c> still rejects files that are too large. In addition, a user can list, complete and abort uploads without a ticket, and start several
    /// uploads under one key.</value>
    public bool AllowUppyMultipart { get; set; }

    /// <summary>Gets or sets a callback that decides whether an upload may start, for example based on the user's quota.</summary>
    /// <value>The default is <c>null</c>, which allows all uploads. The callback is called for each new upload, after all other checks.</value>
    public Func<PlannedUpload, IServiceProvider, CancellationToken, ValueTask<UploadDecision>>? AllowUpload { get; set; }

    /// <summary>Gets or sets a callback that is called when a file has been uploaded, for example to save its key.</summary>
    /// <value>The default is <c>null</c>. The callback is called after the server has found the file in the store with the expected size and type.</value>
    /// <remarks>The callback is called at least once for each upload whose client calls <c>done</c>, and again if the client repeats the call. Use the key to detect repeated calls. If the
    /// callback throws an exception, the client receives an error and can repeat the call.</remarks>
    public Func<CompletedUpload, IServiceProvider, CancellationToken, Task>? OnCompleted { get; set; }

    /// <summary>Gets or sets a function that returns the client for the server's own requests to the store.</summary>
    /// <value>The default is <c>null</c>, which creates one client that does not follow redirects and has a timeout of 30 seconds. Set this property to use a proxy. The function receives
    /// the services of the request. The client is not disposed.</value>
    /// <remarks>Before .NET 9, do not use a client from <c>IHttpClientFactory</c> with its default loggers, because they log whole URLs.</remarks>
    public Func<IServiceProvider, HttpClient>? HttpClient { get; set; }
}
