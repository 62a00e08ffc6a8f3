using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace PresignKit.AspNetCore;

/// <summary>A file that the client wants to upload.</summary>
internal sealed record UploadRequest(string? Name, string? Type, long? Size);

/// <summary>Asks for the URLs of some parts, starting at a part number.</summary>
internal sealed record UploadPartsRequest(string? Ticket, string? UploadId, int? From, int? Count);

/// <summary>Asks for the URLs that end a multipart upload. The list of parts starts after the part number <c>after</c>.</summary>
internal sealed record UploadFinishRequest(string? Ticket, string? UploadId, int? After);

/// <summary>Reports that a file has been uploaded.</summary>
internal sealed record UploadDoneRequest(string? Ticket);

/// <summary>The request that Uppy wants to send to the store.</summary>
internal sealed record UppySignRequest(string? Method, string? Key, string? ContentType, string? UploadId, int? PartNumber);

/// <summary>A request that the client sends to the store. The client must send the headers, except for those that browsers always send.</summary>
internal record SignedRequest(string Method, string Url, IReadOnlyDictionary<string, string> Headers);

/// <summary>A part of the file and the request that uploads it.</summary>
internal sealed record SignedPart(int PartNumber, long Offset, long Size, string Method, string Url, IReadOnlyDictionary<string, string> Headers) : SignedRequest(Method, Url, Headers);

/// <summary>An upload that can start: either with one PUT, or by creating a multipart upload.</summary>
internal sealed record UploadTicketResponse(
    string Ticket, string Key, DateTimeOffset ExpiresAt, SignedRequest? Put, SignedRequest? Create, long? PartSize, int? PartCount);

/// <summary>The requests that upload parts.</summary>
internal sealed record UploadPartsResponse(IReadOnlyList<SignedPart> Parts);

/// <summary>The requests that list the uploaded parts, complete the upload, and abort it.</summary>
internal sealed record UploadFinishResponse(SignedRequest List, SignedRequest Complete, SignedRequest Abort);

/// <summary>A file that the server has found in the store.</summary>
internal sealed record UploadDoneResponse(string Key, string Name, long Size, string Type, string? ETag);

/// <summary>A signed request for Uppy, which ignores the ticket. The application uses the ticket to report the upload as done.</summary>
internal sealed record UppySignResponse(
    string Method, string Url, string Key, IReadOnlyDictionary<string, string>? Fields, IReadOnlyDictionary<string, string>? Headers, long? Expires, string? Ticket);

/// <summary>The JSON of the endpoints, which does not depend on the settings of the application.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadPartsRequest))]
[JsonSerializable(typeof(UploadFinishRequest))]
[JsonSerializable(typeof(UploadDoneRequest))]
[JsonSerializable(typeof(UppySignRequest))]
[JsonSerializable(typeof(UploadTicketResponse))]
[JsonSerializable(typeof(UploadPartsResponse))]
[JsonSerializable(typeof(UploadFinishResponse))]
[JsonSerializable(typeof(UploadDoneResponse))]
[JsonSerializable(typeof(UppySignResponse))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string))]
internal sealed partial class UploadJson : JsonSerializerContext;
