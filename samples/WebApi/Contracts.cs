using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using PresignKit;

namespace WebApi;

internal sealed record UploadRequest(string? FileName, string? ContentType, long Length);

internal sealed record FormRequest(string? ContentType);

internal sealed record FinishedRequest(string? Name);

/// <summary>The name under which the file will be available, and the request that uploads it.</summary>
internal sealed record UploadTicket(string Name, PresignedUrl Upload);

/// <summary>One of the user's files.</summary>
internal sealed record StoredFile(string Name, long Size, DateTimeOffset? LastModified, string? ContentType = null);

/// <summary>A page of the user's files, and the token for the next page, if there is one.</summary>
internal sealed record FileList(IReadOnlyList<StoredFile> Files, string? Next);

/// <summary>Serializes the API's JSON without reflection. PresignKit's results have their own converters.</summary>
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(FormRequest))]
[JsonSerializable(typeof(FinishedRequest))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(PresignedUrl))]
[JsonSerializable(typeof(PresignedPost))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
// For query parameters in the OpenAPI document.
[JsonSerializable(typeof(bool))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ApiJson : JsonSerializerContext;
