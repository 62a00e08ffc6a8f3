open System
open System.Net.Http
open System.Text.Json
open PresignKit

// The same calls as in LanguageTests.cs, as an F# developer would write them.
let clock =
    { new TimeProvider() with
        override _.GetUtcNow() = DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero) }

let options = PresignerOptions(Bucket = "my-space", AccessKeyId = "DO00EXAMPLEKEY", SecretAccessKey = "no/secret+at=all")
options.UseDigitalOceanSpaces "nyc3" |> ignore
let presigner = S3Presigner(options, clock)

let get =
    presigner.Presign(
        GetObject(
            "reports/2026.pdf",
            ExpiresIn = TimeSpan.FromHours 1.0,
            ResponseHeaders = ResponseHeaderOverrides(ContentType = "application/pdf", CacheControl = "no-store")
        )
    )

printfn "%s" get.Url

let put =
    presigner.Presign(PutObject("photos/1.jpg", ContentType = "image/jpeg", ContentLength = 5L, Metadata = readOnlyDict [ "owner", "ada" ]))

for header in put.RequiredHeaders do
    printfn "%s: %s" header.Key header.Value

let request = put.ToHttpRequestMessage(new ByteArrayContent(Array.zeroCreate 5))
printfn "%O %s %s" request.Method put.Url (put.ExpiresAt.ToString "u")
printfn "%s" (put.ToCurl "1.jpg")

let policy =
    PostPolicy(
        PostKey.Prefix "user-42/",
        UseFileName = true,
        ContentType = "image/png",
        ContentLength = ContentLengthRange(1L, 5L <<< 20),
        Fields = readOnlyDict [ "x-amz-meta-owner", "ada" ],
        Conditions = [| PostCondition.ExactMatch("consent", "yes"); PostCondition.StartsWith("x-amz-meta-title", "My ") |]
    )

let post = presigner.PresignPost policy

for field in post.Fields do
    printfn "%s=%s" field.Key field.Value

for condition in post.FieldsToAdd do
    printfn "%O %b" condition condition.IsPrefix

match policy.ContentLength with
| null -> printfn "No limit"
| limit -> printfn "%s %d-%d %O" post.Url limit.Min limit.Max policy.Key

printfn "%s" (JsonSerializer.Serialize post)

match JsonSerializer.Deserialize<PresignedUrl>(JsonSerializer.Serialize put) with
| null -> printfn "No URL"
| url -> printfn "%s" url.Url

printfn "%s" (UrlQuery.Append("https://a.example/b", "flag", null))
