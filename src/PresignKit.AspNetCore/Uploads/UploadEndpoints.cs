using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace PresignKit.AspNetCore;

/// <summary>The operations of the upload endpoints. Each accepts a request that has passed the checks of <see cref="UploadHandler"/>, and either returns a response or throws an
/// <see cref="UploadRejection"/>.</summary>
internal sealed class UploadEndpoints(UploadRules rules, UploadTickets tickets, UploadStore store, TimeProvider clock, ILogger logger)
{
    private const int MaxPartsPerRequest = 100;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Starts an upload: checks the file, chooses the key and issues a ticket.</summary>
    public async Task<UploadTicketResponse> StartAsync(UploadCall call, UploadRequest request)
    {
        if (request.Size is not >= 0)
        {
            throw Invalid(request.Size is null ? "The size of the file is missing. Send \"name\", \"type\" and \"size\"." : FormattableString.Invariant($"The size {request.Size} is not valid. Send the number of bytes."));
        }

        if (request.Size > rules.MaxBytes)
        {
            throw new UploadRejection(413, "tooLarge", TooLarge("The file", request.Size.Value, rules.MaxBytes));
        }

        NewUpload upload = await PlanAsync(call, request.Name, request.Type, request.Size);
        SignedRequest first = upload.PartBytes == 0 ? await store.PutAsync(upload, call.Aborted) : await store.CreateAsync(upload, call.Aborted);
        string ticket = tickets.Issue(call, upload, out DateTimeOffset expiresAt);
        return upload.PartBytes == 0
            ? new UploadTicketResponse(ticket, upload.Key, expiresAt, first, Create: null, PartSize: null, PartCount: null)
            : new UploadTicketResponse(ticket, upload.Key, expiresAt, Put: null, first, upload.PartBytes, upload.PartCount);
    }

    /// <summary>Signs some parts of a multipart upload, each for exactly its size.</summary>
    public async Task<UploadPartsResponse> PartsAsync(UploadCall call, UploadPartsRequest request)
    {
        NewUpload upload = ReadTicket(call, request.Ticket);
        string uploadId = RequireParts(upload, request.UploadId);
        int count = request.Count ?? 1;
        if (request.From is not { } from || from < 1 || from > upload.PartCount)
        {
            throw Invalid($"\"from\" is not valid. Send a part number from 1 to {upload.PartCount}.");
        }

        if (count is < 1 or > MaxPartsPerRequest)
        {
            throw Invalid($"\"count\" is not valid. Send a number from 1 to {MaxPartsPerRequest}.");
        }

        SignedPart[] parts = new SignedPart[Math.Min(count, upload.PartCount - from + 1)];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = await store.PartAsync(upload, uploadId, from + i, call.Aborted);
        }

        return new UploadPartsResponse(parts);
    }

    /// <summary>Signs the requests that list the uploaded parts, complete the upload, and abort it.</summary>
    public async Task<UploadFinishResponse> FinishAsync(UploadCall call, UploadFinishRequest request)
    {
        NewUpload upload = ReadTicket(call, request.Ticket);
        string uploadId = RequireParts(upload, request.UploadId);
        return request.After is null or >= 0
            ? new UploadFinishResponse(
                await store.ListPartsAsync(upload.Key, uploadId, request.After, call.Aborted),
                await store.CompleteAsync(upload.Key, uploadId, call.Aborted),
                await store.AbortAsync(upload.Key, uploadId, call.Aborted))
            : throw Invalid("\"after\" is not valid. Send the last part number of the previous list.");
    }

    /// <summary>Looks for the uploaded file in the store, compares it with the ticket, and calls the application.</summary>
    public async Task<UploadDoneResponse> DoneAsync(UploadCall call, UploadDoneRequest request)
    {
        NewUpload upload = ReadTicket(call, request.Ticket);
        using HttpResponseMessage response = await SendHeadAsync(upload.Key, call);
        HttpContentHeaders headers = response.Content.Headers;
        long size = headers.ContentLength ?? throw StoreUnavailable("The store's response to HEAD does not contain the size of the object.");
        if (upload.Size is { } expected ? size != expected : size > upload.MaxBytes)
        {
            throw new UploadRejection(409, "differs", upload.Size is null
                ? TooLarge("The stored file", size, upload.MaxBytes)
                : $"The stored file has {size} bytes, but the upload was started for {upload.Size} bytes. Upload the file again.");
        }

        if (!MediaType.TryParse(headers.ContentType?.ToString(), out string? type) || type != upload.ContentType)
        {
            throw new UploadRejection(409, "differs", $"The stored file has the type {type ?? "(none)"}, but the upload was started for {upload.ContentType}. Upload the file again.");
        }

        // Some stores return ETags without quotes, which Headers.ETag does not accept.
        string? eTag = response.Headers.TryGetValues("ETag", out IEnumerable<string>? values) ? string.Concat(values) : null;
        if (rules.OnCompleted is { } onCompleted)
        {
            CompletedUpload completed = new() { User = call.User, UserId = call.UserId, Key = upload.Key, Name = upload.Name, Size = size, ContentType = type, ETag = eTag };
            await onCompleted(completed, call.Services, call.Aborted);
        }

        UploadLog.UploadCompleted(logger, upload.Key);
        return new UploadDoneResponse(upload.Key, upload.Name, size, type, eTag);
    }

    /// <summary>Signs the request that Uppy wants to send.</summary>
    /// <remarks>Source: <see href="https://uppy.io/docs/aws-s3/#signrequestrequest">Uppy: signRequest</see>.</remarks>
    public Task<UppySignResponse> SignForUppyAsync(UploadCall call, UppySignRequest request) => (request.Method, request.UploadId, request.PartNumber) switch
    {
        _ when string.IsNullOrEmpty(request.Key) => throw Invalid("\"key\" is missing. Pass the argument of signRequest unchanged."),
        ("PUT", null, null) => SignFormAsync(call, NameFrom(request.Key), request.ContentType),
        ("POST", null, null) => CreateForUppyAsync(call, request.Key, request.ContentType),
        ("PUT", { } id, { } number) => SignPartsForUppyAsync(call, request, id, number),
        ("GET" or "POST" or "DELETE", { } id, null) => SignPartsForUppyAsync(call, request, id, partNumber: 0),
        ("DELETE", null, _) => throw new UploadRejection(403, "deleteNotAllowed", "Objects cannot be deleted. Send an uploadId to abort a multipart upload."),
        _ => throw Invalid("This is not a request that Uppy sends. Pass the argument of signRequest unchanged."),
    };

    /// <summary>Signs a form for a file whose exact size is not known. The store enforces the maximum size.</summary>
    public async Task<UppySignResponse> SignFormAsync(UploadCall call, string? name, string? type)
    {
        if (!store.AcceptsForms)
        {
            throw new UploadRejection(501, "formsNotSupported", "Uppy uploads files with forms, which this store does not accept. Use the other upload endpoints instead.");
        }

        NewUpload upload = await PlanAsync(call, name, type, size: null);
        PresignedPost form = await store.FormAsync(upload, call.Aborted);
        long expiresIn = Math.Max(0, (long)(form.ExpiresAt - clock.GetUtcNow()).TotalSeconds);
        return new UppySignResponse("POST", form.Url, upload.Key, new Dictionary<string, string>(form.Fields), Headers: null, expiresIn, tickets.Issue(call, upload, out _));
    }

    private async Task<UppySignResponse> CreateForUppyAsync(UploadCall call, string key, string? type)
    {
        RequireUppyMultipart();

        // Uppy does not pass the type of the file. The extension is the only indication, and the type must be signed, because clients could otherwise choose any type.
        NewUpload upload = await PlanAsync(call, NameFrom(key), type ?? UploadStore.TypeFromExtension(key), size: null);
        SignedRequest create = await store.CreateAsync(upload, call.Aborted);
        return new UppySignResponse(create.Method, create.Url, upload.Key, Fields: null, create.Headers, Expires: null, tickets.Issue(call, upload, out _));
    }

    private async Task<UppySignResponse> SignPartsForUppyAsync(UploadCall call, UppySignRequest request, string uploadId, int partNumber)
    {
        RequireUppyMultipart();
        string key = request.Key!;
        if (!IsOwnKey(call, key))
        {
            throw new UploadRejection(403, "notYourKey", "The key does not belong to any of your uploads. Start the upload again.");
        }

        RequireUploadId(uploadId);
        if (request.Method == "PUT" && (partNumber < 1 || partNumber > rules.MaxUppyParts))
        {
            throw new UploadRejection(413, "tooLarge", FormattableString.Invariant($"The part number {partNumber} is out of range. Send parts of at least 5 MiB, numbered from 1 to {rules.MaxUppyParts}."));
        }

        SignedRequest signed = request.Method switch
        {
            "PUT" => await store.PartOfUnknownSizeAsync(key, uploadId, partNumber, call.Aborted),
            "GET" => await store.ListPartsAsync(key, uploadId, after: null, call.Aborted),
            "POST" => await store.CompleteAsync(key, uploadId, call.Aborted),
            _ => await store.AbortAsync(key, uploadId, call.Aborted),
        };
        return new UppySignResponse(signed.Method, signed.Url, key, Fields: null, signed.Headers, Expires: null, Ticket: null);
    }

    private void RequireUppyMultipart()
    {
        if (!rules.AllowUppyMultipart)
        {
            throw new UploadRejection(403, "multipartDisabled", "The server does not accept multipart uploads from Uppy. Set shouldUseMultipart to false in Uppy, or AllowUppyMultipart to true on the server.");
        }
    }

    private async Task<NewUpload> PlanAsync(UploadCall call, string? name, string? requestedType, long? size)
    {
        if (string.IsNullOrEmpty(name) || name.Length > UploadFileName.MaxReceivedLength)
        {
            throw Invalid("The name of the file is missing or too long. Send a name of at most 1024 characters.");
        }

        string? type = MediaType.Binary;
        if (!string.IsNullOrEmpty(requestedType) && !MediaType.TryParse(requestedType, out type))
        {
            throw Invalid("The type of the file is not a media type. Send a type such as image/png, or an empty string if it is unknown.");
        }

        if (!rules.Allows(type!))
        {
            throw new UploadRejection(415, "typeNotAllowed", $"Files of type {type} are not allowed.{rules.AllowedTypesForDisplay}");
        }

        string cleaned = UploadFileName.Clean(name);
        string key = $"{call.Folder}{RandomNumberGenerator.GetHexString(32, lowercase: true)}/{cleaned}";
        NewUpload upload = new(key, cleaned, type!, size, size ?? rules.MaxBytes, size is { } known ? rules.PartBytesOf(known) : 0);
        if (rules.AllowUpload is { } allow)
        {
            PlannedUpload planned = new() { User = call.User, UserId = call.UserId, Key = key, Name = cleaned, ContentType = upload.ContentType, Size = size, MaxBytes = upload.MaxBytes };
            if ((await allow(planned, call.Services, call.Aborted)).Reason is { } reason)
            {
                throw new UploadRejection(403, "notAllowed", reason, "AllowUpload rejected the upload.");
            }
        }

        UploadLog.UploadAllowed(logger, upload.MaxBytes, upload.ContentType, upload.Key);
        return upload;
    }

    private NewUpload ReadTicket(UploadCall call, string? ticket)
    {
        NewUpload upload = tickets.Read(call, string.IsNullOrEmpty(ticket) ? throw Invalid("\"ticket\" is missing. Send the ticket that was returned when the upload started.") : ticket);

        // The application may have been deployed with different rules since the ticket was issued.
        return !upload.Key.StartsWith(call.Folder, StringComparison.Ordinal)
            ? throw new UploadRejection(403, "notYourKey", "You no longer have access to the folder of this upload. Start the upload again.")
            : upload.MaxBytes > rules.MaxBytes || !rules.Allows(upload.ContentType)
            ? throw new UploadRejection(403, "notAllowed", "Files of this type or size are no longer allowed.")
            : upload;
    }

    private static string RequireParts(NewUpload upload, string? uploadId) =>
        upload.PartCount > 0 ? RequireUploadId(uploadId) : throw Invalid("The upload has no parts. Send the whole file with the request in \"put\".");

    // The store decides whether the ID exists and belongs to the key.
    private static string RequireUploadId(string? uploadId) =>
        uploadId is { Length: > 0 and <= 1024 } && !uploadId.Any(c => c is <= ' ' or > '~')
            ? uploadId
            : throw Invalid("\"uploadId\" is missing or not valid. Send the upload ID from the store's response to the request in \"create\".");

    // Keys are the user's folder, the random ID and a name, as PlanAsync creates them. Cleaning a long name would take quadratic time.
    private static bool IsOwnKey(UploadCall call, string key) =>
        key.StartsWith(call.Folder, StringComparison.Ordinal) && key.AsSpan(call.Folder.Length) is { Length: > 33 and <= 33 + UploadFileName.MaxBytes } rest && rest[32] == '/' &&
        !rest[..32].ContainsAnyExcept(HexDigits) && rest[33..] is var name && !name.Contains('/') && name.SequenceEqual(UploadFileName.Clean(name.ToString()));

    // Uppy puts a UUID and a hyphen before the name.
    private static string NameFrom(string key) => key.Length > 37 && key[36] == '-' && Guid.TryParseExact(key.AsSpan(0, 36), "D", out _) ? key[37..] : key;

    private async Task<HttpResponseMessage> SendHeadAsync(string key, UploadCall call)
    {
        HttpResponseMessage response;
        try
        {
            response = await store.HeadAsync(key, call.Services, call.Aborted);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !call.Aborted.IsCancellationRequested))
        {
            throw StoreUnavailable($"The store did not respond to the server's HEAD request ({(e is HttpRequestException { HttpRequestError: var error } ? error : "timeout")}).");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        HttpStatusCode status = response.StatusCode;
        response.Dispose();

        // Without the permission s3:ListBucket, AWS responds with 403 if the object does not exist.
        throw status == HttpStatusCode.NotFound
            ? new UploadRejection(404, "notStored", "The store does not have the file yet. Upload it, then send this request again.")
            : StoreUnavailable($"The store responded to the server's HEAD request with status {(int)status}. Check that the server's credentials have the permissions s3:GetObject and s3:ListBucket.");
    }

    private static UploadRejection StoreUnavailable(string reason) => new(502, "storeUnavailable", "The store is currently unavailable. Try again later.", reason);

    // Rounded sizes would be equal if the file is only slightly larger than allowed.
    private static string TooLarge(string file, long size, long max) => Rounded(size) == Rounded(max)
        ? $"{file} has {size} bytes, but the limit is {max} bytes. Choose a smaller file."
        : $"{file} has {Rounded(size)}, but the limit is {Rounded(max)}. Choose a smaller file.";

    private static string Rounded(long bytes) => bytes switch
    {
        < 1L << 10 => $"{bytes} bytes",
        < 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 10):0.#} KiB"),
        < 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB"),
    };

    private static UploadRejection Invalid(string detail) => new(400, "invalidRequest", detail);
}
