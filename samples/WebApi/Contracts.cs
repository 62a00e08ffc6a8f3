using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using PresignKit;

namespace WebApi;

internal sealed record UploadRequest(string? FileName, string? ContentType, long Length);

internal sealed record FormRequest(string? ContentType);

/// <summary>The name by which the file is asked for later, and the request that uploads it.</summary>
internal sealed record UploadTicket(string Name, PresignedUrl Upload);

/// <summary>The JSON of the API without reflection. The results of PresignKit bring their own form: url, method, headers, expiresAt.</summary>
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(FormRequest))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(PresignedUrl))]
[JsonSerializable(typeof(PresignedPost))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ApiJson : JsonSerializerContext;
