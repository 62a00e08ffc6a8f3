using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace PresignKit.AspNetCore.Tests.Uploads;

public sealed class UploadOpenApiTests
{
    [Fact]
    public async Task Document_DescribesRequestsResponsesAndProblems()
    {
        await using UploadApp app = await UploadApp.StartAsync(services: services => services.AddOpenApi(), map: app => app.MapOpenApi());

        JsonElement document = JsonDocument.Parse(await app.CreateClient().GetStringAsync("/openapi/v1.json")).RootElement;

        JsonElement paths = document.GetProperty("paths");
        paths.EnumerateObject().Select(path => path.Name).Should().BeEquivalentTo(
            "/uploads", "/uploads/parts", "/uploads/finish", "/uploads/done", "/uploads/uppy", "/uploads/uppy/s3/params");
        JsonElement start = paths.GetProperty("/uploads").GetProperty("post");
        start.GetProperty("summary").GetString().Should().Be("Starts an upload");
        Schema(start.GetProperty("requestBody")).Should().Be("#/components/schemas/UploadRequest");
        JsonElement responses = start.GetProperty("responses");
        Schema(responses.GetProperty("200")).Should().Be("#/components/schemas/UploadTicketResponse");
        responses.EnumerateObject().Select(response => response.Name).Should().BeEquivalentTo("200", "400", "401", "403", "413", "415");
        responses.GetProperty("413").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema").GetProperty("$ref").GetString()
            .Should().Be("#/components/schemas/ProblemDetails");
        document.GetProperty("components").GetProperty("schemas").GetProperty("UploadRequest").GetProperty("properties").EnumerateObject().Select(property => property.Name)
            .Should().Equal("name", "type", "size");
        paths.GetProperty("/uploads/uppy/s3/params").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .Should().Equal("filename", "type");
    }

    private static string? Schema(JsonElement content) => content.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString();
}
