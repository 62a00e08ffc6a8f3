Imports System.Net.Http
Imports System.Text.Json
Imports PresignKit

' The same calls as in LanguageTests.cs, as a Visual Basic developer would write them.
Module Program

    Sub Main()
        Dim options As New PresignerOptions With {.Bucket = "my-space", .AccessKeyId = "DO00EXAMPLEKEY", .SecretAccessKey = "no/secret+at=all"}
        options.UseDigitalOceanSpaces("nyc3")
        Dim presigner As New S3Presigner(options, New FixedClock())

        Dim download = presigner.Presign(New GetObject("reports/2026.pdf") With {
            .ExpiresIn = TimeSpan.FromHours(1),
            .ResponseHeaders = New ResponseHeaderOverrides With {.ContentType = "application/pdf", .CacheControl = "no-store"}
        })
        Console.WriteLine(download.Url)

        Dim upload = presigner.Presign(New PutObject("photos/1.jpg") With {
            .ContentType = "image/jpeg",
            .ContentLength = 5,
            .Metadata = New Dictionary(Of String, String) From {{"owner", "ada"}}
        })
        For Each header In upload.RequiredHeaders
            Console.WriteLine(header.Key & ": " & header.Value)
        Next

        Using request = upload.ToHttpRequestMessage(New ByteArrayContent(New Byte(4) {}))
            Console.WriteLine(request.Method.ToString() & " " & upload.Url & " " & upload.ExpiresAt.ToString("u"))
        End Using
        Console.WriteLine(upload.ToCurl("1.jpg"))

        Dim policy As New PostPolicy(PostKey.Prefix("user-42/")) With {
            .UseFileName = True,
            .ContentType = "image/png",
            .ContentLength = (1, 5 << 20),
            .Fields = New Dictionary(Of String, String) From {{"x-amz-meta-owner", "ada"}},
            .Conditions = {PostCondition.ExactMatch("consent", "yes"), PostCondition.StartsWith("x-amz-meta-title", "My ")}
        }
        Dim post = presigner.PresignPost(policy)
        For Each field In post.Fields
            Console.WriteLine(field.Key & "=" & field.Value)
        Next

        For Each condition In post.FieldsToAdd
            Console.WriteLine(condition.ToString() & If(condition.IsPrefix, " true", " false"))
        Next

        Console.WriteLine($"{post.Url} {policy.ContentLength.Min}-{policy.ContentLength.Max} {policy.Key}")
        Console.WriteLine(JsonSerializer.Serialize(post))
        Console.WriteLine(JsonSerializer.Deserialize(Of PresignedUrl)(JsonSerializer.Serialize(upload)).Url)
        Console.WriteLine(UrlQuery.Append("https://a.example/b", "flag", Nothing))
    End Sub

    Private Class FixedClock
        Inherits TimeProvider

        Public Overrides Function GetUtcNow() As DateTimeOffset
            Return New DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero)
        End Function
    End Class

End Module
