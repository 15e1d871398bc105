import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Endpoint } from '@throughway/contracts/endpoint';
import { Problem } from '@throughway/contracts/problem';
import * as z from 'zod';
import type { Line } from '../auth/authorization.js';
import { ENDPOINT, LINE } from './metadata.js';

type Schema = Record<string, unknown> & { properties?: Record<string, unknown>; required?: string[] };

/** Every mounted endpoint with the controller method that handles it, and its line of the authorization table. */
export function mountedEndpoints(app: INestApplication): { endpoint: Endpoint; handler: string; line: Line }[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((method) => {
      const value = prototype[method];
      if (typeof value !== 'function') return [];
      const endpoint = Reflect.getMetadata(ENDPOINT, value) as Endpoint | undefined;
      const line = Reflect.getMetadata(LINE, value) as Line;
      return endpoint ? [{ endpoint, handler: `${metatype.name}.${method}`, line }] : [];
    });
  });
}

/** The methods that the mounted endpoints answer to at a path; none where there is none. */
export function methodsAt(app: INestApplication): (path: string) => string[] {
  let known: { method: string; pattern: RegExp }[] | undefined;
  return (path) => {
    known ??= mountedEndpoints(app).map(({ endpoint }) => ({
      method: endpoint.method,
      pattern: new RegExp(`^${endpoint.path.replace(/:\w+/g, '[^/]+')}/?$`),
    }));
    return [...new Set(known.flatMap(({ method, pattern }) => (pattern.test(path) ? [method] : [])))];
  };
}

/** Serves the OpenAPI document made from the contracts at /api/docs (page) and /api/docs.json. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(mountedEndpoints(app).map(({ endpoint }) => endpoint)), {
    jsonDocumentUrl: 'api/docs.json',
    yamlDocumentUrl: 'api/docs.yaml',
    customSiteTitle: 'Throughway API',
  });
}

/** OpenAPI 3.0 of a set of endpoints: the same schemas that check requests and cut answers. */
export function describeApi(endpoints: Endpoint[]): OpenAPIObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[endpoint.method.toLowerCase()] = describeOperation(endpoint);
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Throughway', version: '0.1.0', description: 'Career pathways worked backward from local demand.' },
    paths,
    components: { schemas: { Problem: toSchema(Problem, 'output') } },
  } as OpenAPIObject;
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'New for each command, such as a random UUID. Within 7 days the same command under the same key acts no more and is answered as it was.',
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
};
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The ETag of what the asker saw of that which changes, or * for whatever it is now.',
  schema: { type: 'string' },
};

function describeOperation(endpoint: Endpoint): Record<string, unknown> {
  const problem = (description: string): unknown => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  return {
    summary: endpoint.summary,
    tags: [endpoint.path.split('/')[2] ?? 'health'],
    operationId: `${endpoint.method.toLowerCase()} ${endpoint.path}`.replace(/[^A-Za-z]+(\w)/g, (_, letter: string) =>
      letter.toUpperCase(),
    ),
    parameters: [
      ...parametersOf('path', endpoint.params),
      ...parametersOf('query', endpoint.query),
      ...(endpoint.idempotent ? [IDEMPOTENCY_KEY] : []),
      ...(endpoint.ifMatch ? [IF_MATCH] : []),
    ],
    ...(endpoint.bodyMedia
      ? { requestBody: { content: { [endpoint.bodyMedia]: { schema: uploadSchema() } } } }
      : endpoint.body
        ? {
            requestBody: {
              required: true,
              content: { 'application/json': { schema: toSchema(endpoint.body, 'input') } },
            },
          }
        : {}),
    responses: {
      [endpoint.status ?? 200]: {
        description: endpoint.stream ? 'Events, each with this as its data' : 'Done',
        content: {
          [endpoint.stream ? 'text/event-stream' : 'application/json']: {
            schema: toSchema(endpoint.response, 'output'),
          },
        },
      },
      400: problem('Bad input, with the fields that are wrong'),
      404: problem('Not there, or not to be seen'),
      ...(endpoint.method === 'GET' ? {} : { 409: problem('A rule of the domain says no; the code says which') }),
      ...(endpoint.ifMatch ? { 412: problem('Changed since the ETag of If-Match was answered') } : {}),
      ...(endpoint.bodyMedia ? { 413: problem('Too large') } : {}),
      ...(endpoint.idempotent ? { 422: problem('The Idempotency-Key came with another command before') } : {}),
      ...(endpoint.ifMatch ? { 428: problem('If-Match is missing') } : {}),
      500: problem('A fault on our side; nothing was changed'),
      503: problem('Not available at the moment; Retry-After says when to come back'),
      default: problem('Any other refusal; the code says which'),
    },
  };
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): unknown[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = toSchema(schema, 'input');
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(schema, { target: 'openapi-3.0', io, unrepresentable: 'any' });
}

function uploadSchema(): Schema {
  return { type: 'object', properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } } };
}
