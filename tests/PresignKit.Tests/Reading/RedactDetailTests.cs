namespace PresignKit.Tests;

/// <summary>The exact start and end of names, separators, values and escapes.</summary>
public class RedactDetailTests
{
    [Theory]
    [InlineData("encryption-key=S", "encryption-key=***")]
    [InlineData("0token=S", "0token=***")]
    [InlineData("9token=S", "9token=***")]
    [InlineData("--x-token=S", "--x-token=***")]
    [InlineData("/x-amz-signature=S", "/x-amz-signature=***")]
    [InlineData("x-token:securitytoken:S", "x-token:***")]
    public void Redact_NameWithAPrefix_IsRecognized(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("uploadToken: Q1w2E3r4T5y6U7i8O9p0", "uploadToken: ***")]
    [InlineData("metaToken: Q1w2E3r4T5y6U7i8O9p0", "metaToken: ***")]
    [InlineData("jazzToken: Q1w2E3r4T5y6U7i8O9p0", "jazzToken: ***")]
    [InlineData("proxyAuthorization: Q1w2E3r4T5y6U7i8O9p0", "proxyAuthorization: ***")]
    public void Redact_NameInCamelCase_IsRecognizedIfTheValueIsRandom(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("tokenvalue=abc")]
    [InlineData("{\"value\":\"HmacSHA1\",\"name\":\"Signature-Method\"}")]
    [InlineData("bucketpolicy: eyJleHBpcmF0aW9uIjoiMjAyNi")]
    [InlineData("ABCToken=Q1w2E3r4T5y6U7i8O9p0")]
    [InlineData("matrix-token: S")]
    [InlineData("e-credential=S")]
    [InlineData("ZCredential=S")]
    [InlineData("(x-)sig: S")]
    [InlineData("error: sig: abc")]
    [InlineData("key’sig value=s")]
    public void Redact_WordThatOnlyContainsAName_IsKept(string text) => PresignedUrlInfo.Redact(text).Should().Be(text);

    [Theory]
    [InlineData("GET /k\ntoken=abc", "GET /k\ntoken=***")]
    [InlineData("x-\ntoken: S", "x-\ntoken: ***")]
    [InlineData("x-\namz-\nupload-token: S", "x-\namz-\nupload-token: ***")]
    [InlineData("x-amz\n-foo\n-upload-token: S", "x-amz\n-foo\n-upload-token: ***")]
    [InlineData("<x-amz\nfoo-q-ak>short1</a>", "<x-amz\nfoo-q-ak>***</a>")]
    public void Redact_NameOnWrappedLines_IsRecognized(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("session-token=Q1w2E3r4T5y6U7i8\n-O9p0A1s2D3f4&b=2", "session-token=***&b=2")]
    [InlineData("X-Amz-Signature=0f3c5a7b\n9d1e2f4a", "X-Amz-Signature=***")]
    [InlineData("X-Amz-Signature=0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a\n9b1c3d5e7f9a1b3c5d7e9f0a is wrapped", "X-Amz-Signature=*** is wrapped")]
    [InlineData("X-Amz-Signature=0f3c5a7b9d1e\n123456789012\nabcdef", "X-Amz-Signature=***")]
    [InlineData("X-Amz-Signature=0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e9f0a\n0123456789abcdef&b=2", "X-Amz-Signature=***&b=2")]
    [InlineData("X-Amz-Signature=AFAF\nFA", "X-Amz-Signature=***")]
    [InlineData("session-token=3DQ1w2E3=\r\nr4\r\nend", "session-token=***\r\nend")]
    [InlineData("session-token: abc\n0f3c5a7b", "session-token: ***")]
    [InlineData("x-amz-security-token=abc\n0f3c5a7b;", "x-amz-security-token=***;")]
    [InlineData("[x-amz-security-token: abc\n0f3c5a7b]", "[x-amz-security-token: ***]")]
    [InlineData("x-amz-security-token=abc\n0f3c5a7b, b", "x-amz-security-token=***, b")]
    [InlineData("token=AbcdefGhij\nabcdefghijklmnop", "token=***")]
    [InlineData("Credential=AK/\n20260314/nyc3", "Credential=***/\n20260314/nyc3")]
    [InlineData("Credential=AK/2026\n0314/nyc3", "Credential=***/2026\n0314/nyc3")]
    public void Redact_ValueOnWrappedLines_IsMaskedToItsEnd(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("X-Amz-Signature=S\n", "X-Amz-Signature=***\n")]
    [InlineData("X-Goog-Signature=8f3c5a7b\n0a1b", "X-Goog-Signature=***\n0a1b")]
    [InlineData("session-token: IQoJb3Jp\n\n0f3c5a7b9d1e2f4a", "session-token: ***\n\n0f3c5a7b9d1e2f4a")]
    [InlineData("Signature=vjbyPxybdZaNmGa+yT272YEA==\nB1c2D3e4F5g6", "Signature=***\nB1c2D3e4F5g6")]
    [InlineData("x-amz-security-token: Token\nface", "x-amz-security-token: ***\nface")]
    [InlineData("X-Amz-Signature=0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c1d3e5f7a9b1c3d5e7f9a1b3c5d7e\n12345678901234567890", "X-Amz-Signature=***\n12345678901234567890")]
    [InlineData("{x-amz-security-token: abc\nq2}", "{x-amz-security-token: ***\nq2}")]
    [InlineData("{ x-amz-security-token: abc\n}", "{ x-amz-security-token: ***\n}")]
    [InlineData("session-token=abc\nabcdefghijklmnopqrst", "session-token=***\nabcdefghijklmnopqrst")]
    [InlineData("x-amz-security-token: abc\nHello\" is next", "x-amz-security-token: ***\nHello\" is next")]
    [InlineData("x-amz-signature=abc%0Babc1x", "x-amz-signature=***%0Babc1x")]
    public void Redact_NextLine_IsKeptIfItDoesNotContinueTheValue(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("expected signature 0f3c5a7b9d1e2f4a but", "expected signature *** but")]
    [InlineData("the signature abcDefgHijkLmnoPqrst is", "the signature *** is")]
    [InlineData("the signature V1234567890abcdefX is", "the signature *** is")]
    [InlineData("the signature ABC1234567890123 is", "the signature *** is")]
    [InlineData("the policy ewogICJleHBpcmF0aW9u, which", "the policy ***, which")]
    [InlineData("the policy ezAxMjM0NTY3ODlhYmNk, which", "the policy ***, which")]
    [InlineData("the policy e0RvY3VtZW50IjoxfQaa, which", "the policy ***, which")]
    [InlineData("the policy e9RvY3VtZW50IjoxfQaa, which", "the policy ***, which")]
    [InlineData("the credential AKID/20260314/nyc3/s3/aws4_request expired", "the credential ***/20260314/nyc3/s3/aws4_request expired")]
    [InlineData("signature <b>Q1w2E3r4T5y6U7i8O9p0</b>", "signature <b>***</b>")]
    [InlineData("signature <a>Q1w2E3r4T5y6U7i8O9p0</a>", "signature <a>***</a>")]
    [InlineData("signature <z>Q1w2E3r4T5y6U7i8O9p0</z>", "signature <z>***</z>")]
    [InlineData("x-amz-signature->Q1w2E3r4T5y6U7i8O9p0", "x-amz-signature->***")]
    [InlineData("Authorization: AWS9 Q1w2E3r4T5y6U7i8O9p0", "Authorization: AWS9 ***")]
    [InlineData("Authorization: Zz Q1w2E3r4T5y6U7i8O9p0", "Authorization: Zz ***")]
    public void Redact_WordInASentence_IsMaskedIfItLooksLikeASecret(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("the policy electroencephalography")]
    [InlineData("the signature helloworldABCDEF7 is")]
    [InlineData("access key ID: MY-PRODUCTION-KEY-2026")]
    [InlineData("the signature <> Q1w2E3r4T5y6U7i8O9p0")]
    [InlineData("signature+0Q1w2E3r4T5y6U7i8O9p0")]
    [InlineData("the signature v=aQ1w2E3r4T5y6U7i8 is")]
    [InlineData("the signature v=zQ1w2E3r4T5y6U7i8 is")]
    [InlineData("the signature v=ZQ1w2E3r4T5y6U7i8 is")]
    [InlineData("the signature v=0Q1w2E3r4T5y6U7i8 is")]
    [InlineData("the signature v=9Q1w2E3r4T5y6U7i8 is")]
    [InlineData("Q1w2E3r4T5y6U7i8O9p0 is the token")]
    [InlineData("0f3c5a7b9d1e2f4a6b8c0d2e4f6a8b0c</Signature>")]
    public void Redact_WordInASentence_IsKeptIfItDoesNotLookLikeASecret(string text) => PresignedUrlInfo.Redact(text).Should().Be(text);

    [Theory]
    [InlineData("{\"x-amz-signature\":\"<none>\"}", "{\"x-amz-signature\":\"***\"}")]
    [InlineData("[x-amz-signature, S]", "[x-amz-signature, ***]")]
    [InlineData("(\"x-amz-signature\", \"S\")", "(\"x-amz-signature\", \"***\")")]
    [InlineData("{x-amz-signature,, S}", "{x-amz-signature,, ***}")]
    [InlineData("[x-amz-signature, xyz]", "[x-amz-signature, ***]")]
    [InlineData("[x-amz-signature, a-b]", "[x-amz-signature, ***]")]
    [InlineData("(\"x-amz-signature\", @\"S\")", "(\"x-amz-signature\", @\"***\")")]
    [InlineData("[\"x-amz-signature\",b\"S\"]", "[\"x-amz-signature\",b\"***\"]")]
    [InlineData("[\"x-amz-signature\",\"<none\"]", "[\"x-amz-signature\",\"***\"]")]
    [InlineData("signature[@\"Q1w2E3r4T5y6U7i8O9p0\"]", "signature[@\"***\"]")]
    [InlineData("x-amz-security-token$'Q1w2E3r4T5y6U7i8O9p0'", "x-amz-security-token$'***'")]
    [InlineData("X-Amz-Signature=String::from(\"abc\")", "X-Amz-Signature=String::from(\"***\")")]
    [InlineData("<param name=\"signature\">S</param>", "<param name=\"signature\">***</param>")]
    [InlineData("<x-amz-signature: S>", "<x-amz-signature: ***>")]
    [InlineData("key=token: S", "key=token: ***")]
    [InlineData("x-amz-signature := S", "x-amz-signature := ***")]
    [InlineData("x-amz-signature=u'S'", "x-amz-signature=u'***'")]
    [InlineData("x-amz-signature=\"'S'\"", "x-amz-signature=\"'***'\"")]
    [InlineData("x-amz-signature=+ b", "x-amz-signature=+ ***")]
    [InlineData("\"x-amz-signature\": |\n  S", "\"x-amz-signature\": |\n  ***")]
    [InlineData("x-amz-signature: AZaz(\"S\")", "x-amz-signature: AZaz(\"***\")")]
    [InlineData("Content-Disposition: form-data; name=\"x-amz-signature\"\r\n\r\nS\r\n--x", "Content-Disposition: form-data; name=\"x-amz-signature\"\r\n\r\n***\r\n--x")]
    [InlineData("form-data; name=\"x-amz-signature\"\r\n\r\na=\"b", "form-data; name=\"x-amz-signature\"\r\n\r\n***\"b")]
    [InlineData("form-data; name=\"x-amz-signature\"\r\nContent-Description: from a browser\r\nContent-Type: text/plain\r\n\r\nS\r\n--x", "form-data; name=\"x-amz-signature\"\r\nContent-Description: from a browser\r\nContent-Type: text/plain\r\n\r\n***\r\n--x")]
    [InlineData("<input name=\"token\" a=\"1\" z=\"2\" A=\"3\" Z=\"4\" value=\"S\">", "<input name=\"token\" a=\"1\" z=\"2\" A=\"3\" Z=\"4\" value=\"***\">")]
    [InlineData("name=\"sig\" type= \"hidden\" value=\"S\"", "name=\"sig\" type= \"hidden\" value=\"***\"")]
    [InlineData("value=\"S\" key=\"signature\"", "value=\"***\" key=\"signature\"")]
    [InlineData("value=\"S\" name=`signature`", "value=\"***\" name=`signature`")]
    [InlineData("value=\"a b\"key=signature", "value=\"***\"key=signature")]
    [InlineData("token=\"a value='\"b' name='policy'", "token=\"******' name='policy'")]
    [InlineData("value=\"S\" name=\"x-amz-signature***\"", "value=\"***\" name=\"x-amz-signature***\"")]
    [InlineData("token=value\"S\" name=\"policy\"", "token=***\"***\" name=\"policy\"")]
    [InlineData("Key =    sig, Value = S", "Key =    sig, Value = ***")]
    [InlineData("Key      = sig, Value = S", "Key      = sig, Value = ***")]
    public void Redact_SecretAfterASeparator_IsMasked(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("{\"x-amz-signature\":\"")]
    [InlineData("X-Amz-Signature=\nabc")]
    [InlineData("(x-amz-signature 'S')")]
    [InlineData("x-amz-signature, S")]
    [InlineData("[\"X-Amz-Signature\",\"X-Amz-Date\"]")]
    [InlineData("</x-amz-signature=S>")]
    [InlineData("<Policy>private</Policy>")]
    [InlineData("policy type=\"hidden\" value=\"S\"")]
    [InlineData("set value=\"5\" for \"token\"")]
    [InlineData("value: no on, name: \"token\"")]
    [InlineData("id=\"a\" name=\"token\"")]
    [InlineData("key=token kind=aa: none")]
    [InlineData("name=x-amz-signature\nabc")]
    [InlineData("form-data; name: x-amz-signature\nabc")]
    [InlineData("x-amz-signature: |\n  none")]
    [InlineData("x-amz-signature: >-2")]
    [InlineData("x-amz-signature=, S")]
    [InlineData("x-amz-signature: | S")]
    [InlineData("x-amz-signature=3D\"\"S")]
    [InlineData("**x-amz-signature**: \"\"E")]
    [InlineData("Q1w2E3r4T5y6U7i8O9p0 x-amz-signature=\"\"")]
    [InlineData("signature=\" v\"")]
    [InlineData("x-amz-signature=+")]
    [InlineData("x-amz-signature=u'")]
    [InlineData("x-amz-signature:\\|bc")]
    public void Redact_TextThatDoesNotSeparateNameAndValue_IsKept(string text) => PresignedUrlInfo.Redact(text).Should().Be(text);

    [Theory]
    [InlineData("token&amp;#61;S", "token&amp;#61;***")]
    [InlineData("token&EQUALS;S", "token&EQUALS;***")]
    [InlineData("x-amz-signature=&apos;S&apos;", "x-amz-signature=&apos;***&apos;")]
    [InlineData("x-amz-signature:&nbsp;S", "x-amz-signature:&nbsp;***")]
    [InlineData("x-amz-signature=a&plus;b", "x-amz-signature=***")]
    [InlineData("x-amz-signature=a&sol;b", "x-amz-signature=***")]
    [InlineData("x-amz-signature&colon;S", "x-amz-signature&colon;***")]
    [InlineData("x-amz-signature&percnt;3DS", "x-amz-signature&percnt;3D***")]
    [InlineData("x-amz-signature=&#39;S&#39;", "x-amz-signature=&#39;***&#39;")]
    [InlineData("x-amz-signature:&#9;S", "x-amz-signature:&#9;***")]
    [InlineData("x-amz-signature&#00000061;S", "x-amz-signature&#00000061;***")]
    [InlineData("x-amz-signature: \u001B[30mS\u001B[0m", "x-amz-signature: \u001B[30m***\u001B[0m")]
    [InlineData("x-amz-signature: \u001B[38;2;206;145;120mS\u001B[0m", "x-amz-signature: \u001B[38;2;206;145;120m***\u001B[0m")]
    [InlineData("x-amz-signature: \u001B[01;38:2::206:145:120m\u001B[KS\u001B[m\u001B[K", "x-amz-signature: \u001B[01;38:2::206:145:120m\u001B[K***\u001B[m\u001B[K")]
    [InlineData("x-amz-signature: \u001B(B\u001B[m\u001B[33mS\u001B(B\u001B[m", "x-amz-signature: \u001B(B\u001B[m\u001B[33m***\u001B(B\u001B[m")]
    [InlineData("x-amz-signature: \u001B[2 qS", "x-amz-signature: \u001B[2 q***")]
    [InlineData("x-amz-signature: \u001B[?25hS", "x-amz-signature: \u001B[?25h***")]
    [InlineData("x-amz-signature: \u001B[2@S", "x-amz-signature: \u001B[2@***")]
    [InlineData("x-amz-signature: \u001B[200~S\u001B[201~", "x-amz-signature: \u001B[200~***\u001B[201~")]
    [InlineData("x-amz-signature: \\u001b[38;2;206;145;120mS\\u001b[0m", "x-amz-signature: \\u001b[38;2;206;145;120m***\\u001b[0m")]
    [InlineData("x-amz-signature=a%80b", "x-amz-signature=***")]
    [InlineData("AccessId=\u000B2", "AccessId=\u000B***")]
    [InlineData("AccessId=\u000B3Dx", "AccessId=\u000B***")]
    [InlineData("{\"x-amz-signature\":\"\\ S\"}", "{\"x-amz-signature\":\"***\"}")]
    [InlineData("x-amz-signature:\\{bc", "x-amz-signature:***")]
    [InlineData("x-amz-signature=\\u00E9S", "x-amz-signature=\\***")]
    public void Redact_EscapedDelimiter_IsRecognized(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("x-amz-signature:\\0bc", "x-amz-signature:\\***")]
    [InlineData("x-amz-signature:\\9bc", "x-amz-signature:\\***")]
    [InlineData("x-amz-signature:\\Abc", "x-amz-signature:\\***")]
    [InlineData("x-amz-signature:\\Zbc", "x-amz-signature:\\***")]
    [InlineData("x-amz-signature:\\abc", "x-amz-signature:\\***")]
    [InlineData("x-amz-signature:\\zbc", "x-amz-signature:\\***")]
    public void Redact_BackslashBeforeALetterOrDigit_IsNotPartOfAnEscape(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Fact]
    public void Redact_BackslashBeforeAControlCharacter_IsMaskedWithTheValue() => PresignedUrlInfo.Redact("X-Amz-Signature=abc\\\u007Fdef").Should().Be("X-Amz-Signature=***\u007Fdef");

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData(" %ab")]
    [InlineData("a%u03D2")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData("&;")]
    [InlineData("|&;")]
    [InlineData("&##;")]
    [InlineData("d&##;")]
    [InlineData(" &#200;")]
    [InlineData("&#x;token Q1w2E3r4T5y6U7i8O9p0")]
    [InlineData("x-amz-signature&#000000061;S")]
    [InlineData("\\")]
    [InlineData("\\u")]
    [InlineData("\"\\u")]
    [InlineData("\\x")]
    [InlineData("\\u00")]
    [InlineData("\r")]
    [InlineData("\u001B")]
    [InlineData("\u001B[3")]
    [InlineData("a\u001B\u001B")]
    [InlineData("\u001B(")]
    [InlineData("\u001B[3\u001B(\u001B[é")]
    [InlineData(" \u000B")]
    public void Redact_TruncatedOrInvalidEscape_IsKept(string text) => PresignedUrlInfo.Redact(text).Should().Be(text);

    [Theory]
    [InlineData("<input name=\"policy\" type=hidden value=\"eyJ9\">", "<input name=\"policy\" type=hidden value=\"***\">")]
    [InlineData("<input name=policy type=hidden value=eyJ9==>", "<input name=policy type=hidden value=***>")]
    [InlineData("<input type=hidden name=policy id=p hidden value=eyJ9 />", "<input type=hidden name=policy id=p hidden value=*** />")]
    [InlineData("<input name='policy' hidden readonly value='eyJ9'>", "<input name='policy' hidden readonly value='***'>")]
    [InlineData("<input name=\"policy\" disabled required autofocus value=eyJ9>", "<input name=\"policy\" disabled required autofocus value=***>")]
    [InlineData("{\"name\":\"policy\",\"required\":true,\"value\":\"eyJ9\"}", "{\"name\":\"policy\",\"required\":true,\"value\":\"***\"}")]
    [InlineData("{\"name\": \"policy\", \"size\": 12, \"value\": \"eyJ9\"}", "{\"name\": \"policy\", \"size\": 12, \"value\": \"***\"}")]
    [InlineData("<input name=\"policy\" data-0=\"1\" data-9=\"2\" value=\"eyJ9\">", "<input name=\"policy\" data-0=\"1\" data-9=\"2\" value=\"***\">")]
    [InlineData("<input name=\"policy\" title= \"a c\" value=\"eyJ9\">", "<input name=\"policy\" title= \"a c\" value=\"***\">")]
    [InlineData("<param name=x-amz-signature type=hidden>S</param>", "<param name=x-amz-signature type=hidden>***</param>")]
    [InlineData("<input value=\"eyJ9\"hidden name=policy>", "<input value=\"***\"hidden name=policy>")]
    [InlineData("<input value=\"a b\"type=\"hidden\"name=\"policy\">", "<input value=\"***\"type=\"hidden\"name=\"policy\">")]
    [InlineData("<input value=\"eyJ9\" name=policy>", "<input value=\"***\" name=policy>")]
    [InlineData("<input value=eyJ9== name=policy>", "<input value=*** name=policy>")]
    [InlineData("<input value=eyJ9 name=\"policy\">", "<input value=*** name=\"policy\">")]
    [InlineData("<input value=\"eyJ9\" type=\"hidden\" name=\"policy\">", "<input value=\"***\" type=\"hidden\" name=\"policy\">")]
    [InlineData("<input value='eyJ9' type=hidden hidden id=p-1 name='policy'>", "<input value='***' type=hidden hidden id=p-1 name='policy'>")]
    [InlineData("<input\n  value=\"eyJ9\"\n  hidden\n  name=\"policy\">", "<input\n  value=\"***\"\n  hidden\n  name=\"policy\">")]
    [InlineData("{\"value\":\"eyJ9\",\"required\":true,\"name\":\"policy\"}", "{\"value\":\"***\",\"required\":true,\"name\":\"policy\"}")]
    [InlineData("{\"value\": \"eyJ9\", \"size\": 12, \"name\": \"policy\"}", "{\"value\": \"***\", \"size\": 12, \"name\": \"policy\"}")]
    public void Redact_AttributesBetweenNameAndValue_AreSkipped(string text, string expected) => PresignedUrlInfo.Redact(text).Should().Be(expected);

    [Theory]
    [InlineData("<input value=\"abc\"> <p title=x name=\"policy\">")]
    [InlineData("name=\"policy\" open value=\"abc\"")]
    [InlineData("value eyJ9 name=policy")]
    [InlineData("Q1w2E3r4T5y6U7i8O9p0 name=token")]
    [InlineData("Q1w2E3r4T5y6U7i8O9p0 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 a=1 name=token")]
    [InlineData("[\"value\", \"abc\", name=\"policy\"]")]
    public void Redact_ValueOfSomethingElse_IsKept(string text) => PresignedUrlInfo.Redact(text).Should().Be(text);

    // The searches are limited, so that a hostile text takes only linear time.
    private static readonly Dictionary<string, (int Longest, Func<int, string> Text)> Limits = new()
    {
        ["letters before a name"] = (61, length => $"x-{new string('a', length)}-token: S"),
        ["letters before a scope"] = (199, length => $"credential {new string('a', length)}/20260314"),
        ["spaces before a value"] = (299, length => $"x-amz-signature{new string(' ', length)}Q1w2E3r4T5y6U7i8O9p0"),
        ["spaces after an equals sign"] = (298, length => $"x-amz-signature={new string(' ', length)}\"S\""),
        ["spaces after a name"] = (298, length => $"x-amz-signature{new string(' ', length)}=S"),
        ["spaces after a value"] = (100, length => $"value=\"S\"{new string(' ', length)}name=\"token\""),
        ["letters in a tag"] = (99, length => $"signature <{new string('t', length)}>Q1w2E3r4T5y6U7i8"),
        ["letters in an attribute"] = (96, length => $"name=\"token\" a=\"{new string('b', length)}\" value=\"S\""),
        ["attributes"] = (16, count => $"<input name=\"token\"{string.Concat(Enumerable.Repeat(" a=\"1\"", count))} value=\"S\">"),
        ["attributes after a value"] = (15, count => $"<input value=\"S\"{string.Concat(Enumerable.Repeat(" a=1", count))} name=token>"),
        ["nested escapes"] = (8, depth => $"x-amz-signature%{string.Concat(Enumerable.Repeat("25", depth - 1))}3DS"),
        ["spaces before a name"] = (4, length => $"Key ={new string(' ', length)}sig, Value = S"),
        ["spaces before an equals sign"] = (6, length => $"Key{new string(' ', length)}= sig, Value = S"),
    };

    public static TheoryData<string> LimitNames => [.. Limits.Keys];

    [Theory]
    [MemberData(nameof(LimitNames))]
    public void Redact_TextUpToALimit_IsRecognized(string limit)
    {
        (int longest, Func<int, string> text) = Limits[limit];

        PresignedUrlInfo.Redact(text(longest)).Should().Contain("***");
        PresignedUrlInfo.Redact(text(longest + 1)).Should().Be(text(longest + 1));
    }

    [Theory]
    [InlineData("X-Amz-Signature={0}\"'abc'\"", 298, "X-Amz-Signature={0}\"***\"")]
    [InlineData("name=\"X-Amz-Signature\"{0}hiddenA1b2C3d4E5f6G7h8", 293, "name=\"X-Amz-Signature\"{0}***")]
    [InlineData("name=\"policy\" hidden{0}=\"S\"", 95, "name=\"policy\" hidden{0}=\"***\"")]
    public void Redact_ValueThatStartsNearALimit_IsMasked(string text, int length, string expected)
    {
        string spaces = new(' ', length);

        PresignedUrlInfo.Redact(text.Replace("{0}", spaces, StringComparison.Ordinal)).Should().Be(expected.Replace("{0}", spaces, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(100, "x-amz-signature: {0}(\"***\")")]
    [InlineData(101, "x-amz-signature: ***\"S\")")]
    public void Redact_Constructor_HasAtMost100Letters(int length, string expected)
    {
        string name = new('A', length);

        PresignedUrlInfo.Redact($"x-amz-signature: {name}(\"S\")").Should().Be(expected.Replace("{0}", name, StringComparison.Ordinal));
    }

    // A text without a space is not an authentication scheme, but the credentials themselves.
    [Fact]
    public void Redact_LongAuthorization_IsMasked() =>
        PresignedUrlInfo.Redact($"Authorization: {string.Concat(Enumerable.Repeat("aB1", 100))[..299]} x").Should().Be("Authorization: *** x");
}
